// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/networks/deblurdiff_model.h"
#include "core/training/dice.h"

#include <vector>

namespace limpid::training {

/// The noise levels that the compact DeblurDiff learns at, with their places in its table.
class CompactLevels {
public:
    explicit CompactLevels(const networks::DeblurDiffConfig& config);

    /// As drawLevels, on the CPU.
    networks::CompactLevel draw(Dice dice, std::int64_t count, double regressorShare) const;

    /// α = 0 for `count` latents.
    networks::CompactLevel pureNoise(std::int64_t count) const;

    /// Where the second of fewStepLevels is, for `count` latents.
    networks::CompactLevel secondStep(std::int64_t count) const;

private:
    std::vector<double> alphaBars_;
};

/// The level on another device.
networks::CompactLevel onDevice(const networks::CompactLevel& level, torch::Device device);

/// min-SNR weights of an error of ẑ₀, floored so that α = 0 counts: clamp(SNR, 1, 5). → [N].
torch::Tensor signalWeights(const networks::CompactLevel& level);

} // namespace limpid::training
