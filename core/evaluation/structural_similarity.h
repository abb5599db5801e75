// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <optional>

namespace limpid::evaluation {

/// Structural similarity (Wang et al. 2004) of the luma: 11×11 Gaussian window, sigma 1.5, only
/// where the window lies inside the picture. None for a picture smaller than the window.
std::optional<double> ssim(const torch::Tensor& picture, const torch::Tensor& reference);

/// The same over five scales (Wang, Simoncelli and Bovik 2003) with the weights of that paper, each
/// scale the 2×2 mean of the last. None below 176 pixels, where the last has no room for a window.
std::optional<double> multiScaleSsim(const torch::Tensor& picture, const torch::Tensor& reference);

} // namespace limpid::evaluation
