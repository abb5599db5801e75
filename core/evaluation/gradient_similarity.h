// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

namespace limpid::evaluation {

/// Gradient magnitude similarity deviation (Xue et al. 2014): 0 for equal pictures, larger is
/// worse. Luma in 0…255, halved by 2×2 means, Prewitt gradients, c = 170; the outermost pixels,
/// whose gradients would need what lies outside, are left out.
double gradientSimilarityDeviation(const torch::Tensor& picture, const torch::Tensor& reference);

} // namespace limpid::evaluation
