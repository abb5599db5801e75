// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <functional>
#include <utility>
#include <vector>

namespace limpid::nn {

/// Height and width of the windows in which a map is attended to.
struct WindowSize {
    std::int64_t height = 64;
    std::int64_t width = 64;
};

/// Where overlapping windows of one size lie in a map.
struct AttentionWindows {
    WindowSize size;                                            ///< Never larger than the map.
    std::vector<std::pair<std::int64_t, std::int64_t>> origins; ///< (row, column), row by row.
};

/// As few windows as cover the map, evenly spaced, the last ones moved back to its edge.
AttentionWindows attentionWindows(WindowSize map, WindowSize window);

/// Applies `inside` to every window of x and averages, with equal weights, where they overlap.
/// x: [N, C, H, W] → same shape; `inside` keeps the shape of what it is given.
torch::Tensor mapWindows(const torch::Tensor& x, WindowSize window,
                         const std::function<torch::Tensor(const torch::Tensor&)>& inside);

} // namespace limpid::nn
