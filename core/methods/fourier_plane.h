// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/geometry.h"

#include <torch/fft.h>
#include <torch/types.h>

namespace limpid::methods {

/// |x|² of each value of a spectrum, real.
torch::Tensor energyOf(const torch::Tensor& spectrum);

/// The part of a picture that is looked at as if it repeated itself: spectra, and a window that
/// fades its sides out, because it does not. Pictures are [..., H, W], fp32; spectra are their
/// torch::fft::rfft2, [..., H, W/2 + 1].
class FourierPlane {
public:
    /// margins: pixels at each side that the window fades, less than half of the size.
    FourierPlane(Size size, Size margins, torch::Device device);

    torch::Tensor spectrum(const torch::Tensor& picture) const;
    torch::Tensor picture(const torch::Tensor& spectrum) const;

    /// A kernel with odd sides, its middle at the origin. [k, k] → [H, W/2 + 1].
    torch::Tensor spectrumOf(const torch::Tensor& kernel) const;

    /// Likewise with its centroid there: what it blurs stays where it is.
    torch::Tensor centeredSpectrumOf(const torch::Tensor& kernel) const;

    /// Energy of the differences to the next pixel, both ways. [H, W/2 + 1].
    const torch::Tensor& slopeEnergy() const { return slopeEnergy_; }

    /// 1 inside, a raised cosine to 0 over the margins. [H, W].
    const torch::Tensor& window() const { return window_; }

private:
    Size size_;
    torch::Tensor down_;   ///< Cycles a pixel, [H, 1].
    torch::Tensor across_; ///< [W/2 + 1].
    torch::Tensor slopeEnergy_;
    torch::Tensor window_;
};

} // namespace limpid::methods
