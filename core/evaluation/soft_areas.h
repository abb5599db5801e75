// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <optional>

namespace limpid::evaluation {

/// Root mean square difference over RGB in gray levels of 255, where the reference is soft: cells
/// of 16 × 16 pixels that are more than 8 pixels away from any slope of its luma steeper than 4
/// gray levels a pixel (after averaging 2 × 2, which calms grain). Sky, and what is out of focus on
/// purpose: there is nothing to restore, so whatever appears is harm. None when less than a
/// fiftieth of the cells are soft.
std::optional<double> softAreaError(const torch::Tensor& picture, const torch::Tensor& reference);

} // namespace limpid::evaluation
