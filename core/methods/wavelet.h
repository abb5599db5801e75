// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

namespace limpid::methods {

/// The two ends of an à-trous wavelet decomposition: low + high is the picture.
struct WaveletBands {
    torch::Tensor high;
    torch::Tensor low;
};

constexpr int publishedWaveletLevels = 5;

/// (1 2 1) / 4 in both directions with its taps `radius` apart; the edge pixels are repeated
/// outside. x: [N, C, H, W] → same.
torch::Tensor waveletBlurred(const torch::Tensor& x, int radius);

/// Blurs with radii 1, 2, 4, … and collects what each blur takes away.
WaveletBands waveletBands(const torch::Tensor& x, int levels = publishedWaveletLevels);

} // namespace limpid::methods
