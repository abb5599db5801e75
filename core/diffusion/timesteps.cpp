// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/timesteps.h"

#include <cmath>

namespace limpid::diffusion {

std::vector<int> spacedTimesteps(int total, int steps)
{
    std::vector<int> timesteps;
    for (int i = 0; i < steps; ++i) {
        const double fraction = steps > 1 ? static_cast<double>(i) / (steps - 1) : 0.0;
        timesteps.push_back(static_cast<int>(std::lround((total - 1) * (1.0 - fraction))));
    }
    return timesteps;
}

std::vector<NoiseLevel> levelsAt(const std::vector<double>& alphaBars,
                                 const std::vector<int>& timesteps)
{
    std::vector<NoiseLevel> levels;
    for (const int t : timesteps)
        levels.push_back(fromAlphaBar(alphaBars.at(static_cast<std::size_t>(t))));
    return levels;
}

std::vector<NoiseLevel> fewStepLevels(int steps, const FewStepPath& path)
{
    std::vector<NoiseLevel> levels{pureNoise};
    const int further = steps - 1;
    for (int i = 0; i < further; ++i) {
        const double fraction = further > 1 ? static_cast<double>(i) / (further - 1) : 0.0;
        levels.push_back(fromLogSnr(std::lerp(path.start, path.end, fraction)));
    }
    return levels;
}

} // namespace limpid::diffusion
