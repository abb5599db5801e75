// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/draw_levels.h"

namespace limpid::training {

std::vector<diffusion::NoiseLevel> drawLevels(Dice dice, std::int64_t count, double regressorShare)
{
    constexpr double lowestLogSnr = 1.0;
    constexpr double highestLogSnr = 8.0;
    std::vector<diffusion::NoiseLevel> levels;
    for (std::int64_t i = 0; i < count; ++i) {
        const bool regressor = dice.chance(regressorShare);
        levels.push_back(regressor
                             ? diffusion::pureNoise
                             : diffusion::fromLogSnr(dice.uniform(lowestLogSnr, highestLogSnr)));
    }
    return levels;
}

} // namespace limpid::training
