// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace limpid::evaluation {

/// Mean squared difference of neighboring pixels of the luma, both directions added.
double gradientEnergy(const torch::Tensor& picture);

/// Gradient energy of the picture over the reference's: 1 as sharp, above 1 over-sharpened (or
/// noisy). None when the reference has no edges at all.
std::optional<double> gradientEnergyRatio(const torch::Tensor& picture,
                                          const torch::Tensor& reference);

/// A place where the luma takes a step: between (x, y) and its neighbor to the right or below.
struct StepEdge {
    std::int64_t x = 0;
    std::int64_t y = 0;
    bool alongX = true; ///< The step is crossed from left to right; else from top to bottom.
};

/// The steepest steps of a picture, at most this many: steeper than their two neighbors along the
/// crossing and than half of the slope across it, at least 0.06 of the range, far from the border.
std::vector<StepEdge> steepestEdges(const torch::Tensor& picture, std::size_t most = 200);

/// Median over the edges of the distance in pixels from 10 % to 90 % of the step, linear between
/// pixels, on the mean of three parallel profiles. A step ends where the profile turns by more than
/// 0.01 or after 16 pixels. None when there is no step left at any of the edges.
std::optional<double> edgeRise(const torch::Tensor& picture, const std::vector<StepEdge>& edges);

} // namespace limpid::evaluation
