// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/checkpoint/safetensors.h"
#include "core/training/learner.h"
#include "core/training/learning_options.h"
#include "core/training/photo_cache.h"

#include <QTemporaryDir>
#include <torch/nn/module.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <stdexcept>

namespace limpid::tests {

inline std::filesystem::path inFolder(const QTemporaryDir& folder, const char* name)
{
    return std::filesystem::path(folder.path().toStdString()) / name;
}

/// What the photograph shows: squares, of which even mild blur takes much away, or soft blots,
/// which a small latent can hold.
enum class Scene { Squares, Blots };

/// A folder of its own with a cache of one small photograph, "one.jpg".
class PhotoFolder {
public:
    explicit PhotoFolder(Scene scene = Scene::Squares)
    {
        torch::manual_seed(8);
        const std::vector<std::int64_t> size{160, 160};
        const auto picture =
            scene == Scene::Squares
                ? torch::upsample_nearest2d(torch::rand({1, 3, 40, 40}), size)[0]
                : torch::upsample_bilinear2d(torch::rand({1, 3, 20, 20}), size, true)[0];
        const auto photo = (picture * 255.0).to(torch::kUInt8).contiguous();
        const std::span bytes(static_cast<const std::byte*>(photo.data_ptr()),
                              static_cast<std::size_t>(photo.numel()));
        if (!checkpoint::writeSafetensors(
                cache(), {{"one.jpg", {checkpoint::DType::U8, {3, 160, 160}, bytes}}}, {}))
            throw std::runtime_error("cannot write " + cache().string());
    }

    std::filesystem::path file(const char* name) const { return inFolder(folder_, name); }

    std::filesystem::path cache() const { return file("photos.safetensors"); }

    training::PhotoCache photos() const
    {
        return *training::PhotoCache::open(cache(), {}, /*exclude=*/true);
    }

private:
    QTemporaryDir folder_;
};

/// Steps of a moment, on pictures that are blurred but not noisy.
inline void makeTiny(training::LearningOptions& options)
{
    options.batch = 2;
    options.crop = 32;
    options.warmup = 2;
    options.totalSteps = 20;
    options.ranges = {.maxShotNoise = 1e-5, .maxReadNoise = 0, .minJpegQuality = 98};
}

inline bool sameWeights(const torch::nn::Module& a, const torch::nn::Module& b)
{
    const auto left = a.parameters();
    const auto right = b.parameters();
    for (std::size_t i = 0; i < left.size(); ++i)
        if (!torch::equal(left[i], right[i]))
            return false;
    return left.size() == right.size();
}

inline void learn(training::Learner& learner, int steps)
{
    const torch::AutoGradMode gradients(true);
    for (int i = 0; i < steps; ++i)
        learner.step();
}

/// Six steps in three runs of two, each but the first resumed from the state of the one before.
/// Whether the last state is that of `whole` after six steps in one run.
template<class Trainer>
bool resumesExactly(const std::function<std::unique_ptr<Trainer>()>& make,
                    const std::filesystem::path& state)
{
    const auto whole = make();
    for (int i = 0; i < 6; ++i)
        whole->step();
    for (int part = 0; part < 3; ++part) {
        const auto trainer = make();
        if (part > 0 && !trainer->load(state))
            return false;
        trainer->step();
        trainer->step();
        if (!trainer->save(state))
            return false;
    }
    const auto resumed = make();
    return resumed->load(state) && resumed->stepsDone() == 6 &&
           sameWeights(*whole->averaged(), *resumed->averaged());
}

} // namespace limpid::tests
