// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/timesteps.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace limpid::diffusion {

namespace {

NoiseLevel levelAt(const std::vector<double>& alphaBars, int timestep)
{
    return fromAlphaBar(alphaBars.at(static_cast<std::size_t>(timestep)));
}

std::vector<int> withoutRepeats(std::vector<int> timesteps)
{
    timesteps.erase(std::unique(timesteps.begin(), timesteps.end()), timesteps.end());
    return timesteps;
}

} // namespace

std::vector<int> spacedTimesteps(int total, int steps)
{
    assert(steps <= total);
    if (steps == 1)
        return {total - 1};
    // Adding up the stride and rounding halves to even is what the published models ran with: a
    // product, or rounding up, gives other timesteps at hundreds of step counts.
    const double stride = static_cast<double>(total - 1) / (steps - 1);
    std::vector<int> timesteps;
    double position = 0.0;
    for (int i = 0; i < steps; ++i) {
        timesteps.push_back(static_cast<int>(std::nearbyint(position)));
        position += stride;
    }
    std::reverse(timesteps.begin(), timesteps.end());
    return timesteps;
}

std::vector<int> timestepsBetween(int start, int end, int steps)
{
    std::vector<int> timesteps;
    for (int i = 0; i < steps; ++i) {
        const double fraction = steps > 1 ? static_cast<double>(i) / (steps - 1) : 0.0;
        timesteps.push_back(static_cast<int>(std::nearbyint(std::lerp(start, end, fraction))));
    }
    return withoutRepeats(std::move(timesteps));
}

std::vector<int> logSnrTimestepsBetween(const std::vector<double>& alphaBars, int start, int end,
                                        int steps)
{
    const double first = levelAt(alphaBars, start).logSnr();
    const double last = levelAt(alphaBars, end).logSnr();
    std::vector<int> timesteps;
    for (int i = 0; i < steps; ++i) {
        const double fraction = steps > 1 ? static_cast<double>(i) / (steps - 1) : 0.0;
        const double t = timestepOf(alphaBars, fromLogSnr(std::lerp(first, last, fraction)));
        timesteps.push_back(std::clamp(static_cast<int>(std::nearbyint(t)), end, start));
    }
    return withoutRepeats(std::move(timesteps));
}

double timestepOf(const std::vector<double>& alphaBars, const NoiseLevel& level)
{
    const auto noisier =
        std::partition_point(alphaBars.begin(), alphaBars.end(), [&](double alphaBar) {
            return fromAlphaBar(alphaBar).alpha > level.alpha;
        });
    if (noisier == alphaBars.begin())
        return 0.0;
    if (noisier == alphaBars.end())
        return static_cast<double>(alphaBars.size() - 1);
    const auto index = static_cast<double>(noisier - alphaBars.begin());
    const NoiseLevel above = fromAlphaBar(*noisier);
    if (above.alpha == level.alpha)
        return index;
    const double low = above.logSnr();
    const double high = fromAlphaBar(*(noisier - 1)).logSnr();
    return high > low ? index - (level.logSnr() - low) / (high - low) : index;
}

std::vector<NoiseLevel> levelsAt(const std::vector<double>& alphaBars,
                                 const std::vector<int>& timesteps)
{
    std::vector<NoiseLevel> levels;
    for (const int t : timesteps)
        levels.push_back(levelAt(alphaBars, t));
    return levels;
}

std::vector<NoiseLevel> fewStepLevels(int steps)
{
    constexpr double start = 4.0;
    constexpr double end = 7.0;
    std::vector<NoiseLevel> levels{pureNoise};
    const int further = steps - 1;
    for (int i = 0; i < further; ++i) {
        const double fraction = further > 1 ? static_cast<double>(i) / (further - 1) : 0.0;
        levels.push_back(fromLogSnr(std::lerp(start, end, fraction)));
    }
    return levels;
}

} // namespace limpid::diffusion
