// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/training/diffusion_options.h"
#include "core/training/learning_options.h"
#include "core/training/photo_cache.h"
#include "core/training/session_options.h"

#include <CLI/CLI.hpp>

#include <exception>
#include <filesystem>

namespace limpid::app {

/// --photos, a cache, or a folder where this tool can decode one, and --validation.
void addPhotoPaths(CLI::App& command, std::filesystem::path& photos,
                   std::filesystem::path& validation);

/// The same of a command that reads a cache alone.
void addCachePaths(CLI::App& command, std::filesystem::path& cache,
                   std::filesystem::path& validation);

/// The options of every session: photographs, folder, minutes, threads.
void addSession(CLI::App& command, training::SessionOptions& options);

/// --threads, 0 or more.
void addThreads(CLI::App& command, int& threads);

/// The options of every stage: steps, batches, learning rate, device.
void addLearning(CLI::App& command, training::LearningOptions& options);

/// How many pictures come from a camera.
void addFromCamera(CLI::App& command, training::DegradationRanges& ranges);

/// The options of what is learned with noise.
void addDiffusion(CLI::App& command, training::DiffusionOptions& options);

/// The photographs of a cache that are held apart.
[[nodiscard]] Result<training::PhotoCache> heldApart(const std::filesystem::path& photos,
                                                     const std::filesystem::path& validation);

/// The error, of this file if it names none.
Error about(Error error, const std::filesystem::path& path);

/// Says on standard error what went wrong → exit code 1. Of LibTorch's exceptions without the
/// addresses of its frames.
int complain(const Error& error);
int complain(const std::exception& error);

template<class T>
int exitCodeOf(const Result<T>& result)
{
    return result ? 0 : complain(result.error());
}

} // namespace limpid::app
