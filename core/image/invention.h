// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"

#include <vector>

namespace limpid::image {

/// The standard deviation of a photo's noise, of the luma, peak 1: the median absolute diagonal
/// detail of the Haar wavelet's finest level over 0.6745 (Donoho and Johnstone 1994), and at least
/// half a gray level, which rounding and compression leave. Large photos are sampled. Any thread.
float noiseLevel(const Image& photo);

/// Where a restoration made up detail: per pixel, row by row, the RMS in gray levels of 255 (over a
/// Gaussian neighborhood with a sigma of 4 pixels) of what it added at spatial frequencies at which
/// the photo holds no more than its noise. Sharpening of what is there, softening and denoising
/// give 0; what no measurement supports gives its own strength, be it texture, an edge drawn finer
/// than the blur has left it, or grain. An indicator, not a proof: detail that was moved from one
/// place to another counts only where it was none.
///
/// Short-time spectra of the luma (Hann windows of 64×64 pixels, half overlapping), their power
/// smoothed over 5×5 frequencies. Of the added amplitude D(f) = After(f) − Before(f) the share
/// 1 / (1 + SNR(f)) · max(0, 1 − |Before|² / |After|²) is invented, where 1 + SNR = |Before|² over
/// the power of the noise, which is taken to be white: the Wiener weight, turned round. Both
/// pictures have the same size; `noise` is that of the photo that they are parts of. A part knows
/// nothing of what lies around it: inventionReach pixels on each side are to be left out. Any
/// thread; a second or two for some megapixels.
std::vector<float> inventedDetail(const Image& before, const Image& after, float noise);

constexpr int inventionReach = 64;

} // namespace limpid::image
