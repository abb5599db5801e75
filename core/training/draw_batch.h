// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/learning_options.h"
#include "core/training/photo_cache.h"

#include <cstdint>

namespace limpid::training {

/// The pairs of one step; depends on (seed, step) alone. On the options' device, channels-last.
Pair drawBatch(const PhotoCache& photos, const LearningOptions& options, std::int64_t step);

/// Standard normal values like `shape`, float; depends on (seed, step) alone.
torch::Tensor drawNoise(at::IntArrayRef shape, const LearningOptions& options, std::int64_t step);

/// Dice for further choices of a step, apart from those of its pairs.
Dice stepDice(const LearningOptions& options, std::int64_t step);

} // namespace limpid::training
