// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/networks/deblurdiff_model.h"
#include "core/training/deblurdiff_options.h"
#include "core/training/photo_cache.h"

#include <cstdint>
#include <filesystem>

namespace limpid::training {

constexpr const char* latentScaleKey = "latent_scale"; ///< In the states of DeblurDiff.

/// What the training of DeblurDiff begins with: the weights of `options.from`; or an untrained
/// model with the autoencoder that `options.autoencoder` names, a run's folder or a weight file;
/// or, when both are empty, one with an untrained autoencoder, good for loading a state into. The
/// sizes are a weight file's own, else `sizes`. The latents of a run are standardized by `photos`.
[[nodiscard]] Result<networks::DeblurDiffModel>
startingModel(const DeblurDiffOptions& options, const networks::DeblurDiffConfig& sizes,
              const PhotoCache& photos);

/// The averaged weights of a run of DeblurDiff.
struct TrainedModel {
    networks::DeblurDiffModel model{nullptr};
    std::int64_t steps = 0;
};
[[nodiscard]] Result<TrainedModel> trainedModel(const std::filesystem::path& run,
                                                const networks::DeblurDiffConfig& sizes);

/// Writes a model that describes itself, in fp16.
[[nodiscard]] Result<void> exportModel(const TrainedModel& trained,
                                       const std::filesystem::path& target);

} // namespace limpid::training
