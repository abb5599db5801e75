// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

namespace limpid::evaluation {

/// Peak signal-to-noise ratio over RGB in dB, peak 1. Equal pictures: 100, so that means exist.
double psnr(const torch::Tensor& picture, const torch::Tensor& reference);

/// Root mean square difference of the low bands (what a 5-level à-trous decomposition leaves, per
/// color) in gray levels of 255: does the picture keep its tones and colors?
double lowBandError(const torch::Tensor& picture, const torch::Tensor& reference);

} // namespace limpid::evaluation
