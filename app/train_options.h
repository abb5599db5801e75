// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/training/diffusion_options.h"
#include "core/training/learning_options.h"
#include "core/training/photo_cache.h"
#include "core/training/session_options.h"

#include <CLI/CLI.hpp>

#include <filesystem>

namespace limpid::app {

/// --photos, a folder or a cache, and --validation.
void addPhotoPaths(CLI::App& command, std::filesystem::path& photos,
                   std::filesystem::path& validation);

/// The same of a command that reads a cache alone.
void addCachePaths(CLI::App& command, std::filesystem::path& cache,
                   std::filesystem::path& validation);

/// The options of every session: photographs, folder, minutes, threads.
void addSession(CLI::App& command, training::SessionOptions& options);

/// The options of every stage: steps, batches, learning rate, device.
void addLearning(CLI::App& command, training::LearningOptions& options);

/// How many pictures come from a camera.
void addFromCamera(CLI::App& command, training::DegradationRanges& ranges);

/// The options of what is learned with noise.
void addDiffusion(CLI::App& command, training::DiffusionOptions& options);

/// The photographs of a cache that are held apart.
[[nodiscard]] Result<training::PhotoCache> heldApart(const std::filesystem::path& photos,
                                                     const std::filesystem::path& validation);

/// Says on standard error what went wrong → exit code 1.
int complain(const Error& error);

template<class T>
int exitCodeOf(const Result<T>& result)
{
    return result ? 0 : complain(result.error());
}

} // namespace limpid::app
