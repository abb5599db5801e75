// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/gaussian_tiles.h"

#include "core/methods/halo_tiles.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace limpid::methods {

namespace {

torch::Tensor gaussian(int count, double middle)
{
    constexpr double variance = 0.01; // of the tile's extent squared
    const double extent = static_cast<double>(count) * count;
    auto values = torch::empty({count}, torch::kFloat64);
    for (int i = 0; i < count; ++i) {
        const double distance = i - middle;
        values[i] = std::exp(-distance * distance / extent / (2.0 * variance)) /
                    std::sqrt(2.0 * std::numbers::pi * variance);
    }
    return values;
}

} // namespace

std::vector<int> windowOrigins(int length, const WindowRule& rule)
{
    std::vector<int> origins;
    for (int origin = 0; origin <= length - rule.tile; origin += rule.stride)
        origins.push_back(origin);
    if ((length - rule.tile) % rule.stride != 0)
        origins.push_back(length - rule.tile);
    return origins;
}

std::vector<Rect> slidingWindows(Size area, const WindowRule& rule)
{
    std::vector<Rect> windows;
    for (const int y : windowOrigins(area.height, rule))
        for (const int x : windowOrigins(area.width, rule))
            windows.push_back({x, y, rule.tile, rule.tile});
    return windows;
}

std::vector<Rect> coveringWindows(Size area, const WindowRule& rule)
{
    const auto along = [&rule](int length) {
        const int tile = std::min(rule.tile, length);
        return WindowRule{.tile = tile, .stride = std::clamp(rule.stride, 1, tile)};
    };
    const WindowRule across = along(area.width);
    const WindowRule down = along(area.height);
    std::vector<Rect> windows;
    for (const int y : windowOrigins(area.height, down))
        for (const int x : windowOrigins(area.width, across))
            windows.push_back({x, y, across.tile, down.tile});
    return windows;
}

torch::Tensor gaussianWeights(Size tile)
{
    return torch::outer(gaussian(tile.height, tile.height / 2.0),
                        gaussian(tile.width, (tile.width - 1) / 2.0))
        .to(torch::kFloat32);
}

void GaussianBlend::add(const torch::Tensor& values, const Rect& tile)
{
    if (!sum_.defined()) {
        sum_ = torch::zeros({values.size(0), values.size(1), area_.height, area_.width});
        weight_ = torch::zeros({1, 1, area_.height, area_.width});
    }
    const auto weights = gaussianWeights(tile.size());
    narrowed(sum_, tile).add_(values * weights);
    narrowed(weight_, tile).add_(weights);
}

} // namespace limpid::methods
