// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/geometry.h"

#include <torch/types.h>

#include <vector>

namespace limpid::methods {

/// Side and spacing of square tiles, in the unit of what is cut.
struct WindowRule {
    int tile = 64;
    int stride = 32;
};

/// Where published tiles begin along one axis: every `stride`, and one more that ends at the edge.
/// As published also where `length` is less than a tile: a negative origin, or none.
std::vector<int> windowOrigins(int length, const WindowRule& rule);

/// The published tiles of an area, row by row.
std::vector<Rect> slidingWindows(Size area, const WindowRule& rule);

/// The same where they are well defined; an area smaller than a tile, or tiles that would leave
/// gaps, get the nearest rule that covers everything.
std::vector<Rect> coveringWindows(Size area, const WindowRule& rule);

/// The published weight of each pixel of a tile, [height, width], float. Highest at (width − 1) / 2
/// across, but at height / 2 down: half a pixel off the middle.
torch::Tensor gaussianWeights(Size tile);

/// Tiles that are averaged by their Gaussian weights. CPU.
class GaussianBlend {
public:
    explicit GaussianBlend(Size area) : area_(area) {}

    /// values: [N, C, tile.height, tile.width].
    void add(const torch::Tensor& values, const Rect& tile);

    /// → [N, C, area.height, area.width]. Every pixel must have been under a tile.
    torch::Tensor average() const { return sum_ / weight_; }

private:
    Size area_;
    torch::Tensor sum_;
    torch::Tensor weight_;
};

} // namespace limpid::methods
