// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/learning_options.h"
#include "core/training/photo_cache.h"

#include <cstdint>

namespace limpid::training {

/// What is drawn for the pairs of a step, on the CPU, before a pixel is blurred.
struct DrawnBatch {
    torch::Tensor crops; ///< [N, 3, crop + 2·psfRadius, the same], U8.
    std::vector<Degradation> degradations;
};

/// Depends on (seed, step) alone. Any thread.
DrawnBatch draw(const PhotoCache& photos, const LearningOptions& options, std::int64_t step);

/// The pairs, on the options' device, channels-last.
Pair pairsOf(const DrawnBatch& drawn, const LearningOptions& options);

/// Both at once.
Pair drawBatch(const PhotoCache& photos, const LearningOptions& options, std::int64_t step);

/// Standard normal values like `shape`, as SeededNoise; depends on (seed, step) alone.
torch::Tensor drawNoise(at::IntArrayRef shape, const LearningOptions& options, std::int64_t step);

/// Dice for further choices of a step, apart from those of its pairs.
Dice stepDice(const LearningOptions& options, std::int64_t step);

/// Dice for ownAnswersWhereNoised, apart from those of stepDice.
Dice ownAnswerDice(const LearningOptions& options, std::int64_t step);

} // namespace limpid::training
