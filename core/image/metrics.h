// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"

namespace limpid::image {

/// Peak signal-to-noise ratio over RGB in dB, peak 1. Equal pictures: +infinity.
double psnr(const Image& a, const Image& b);

/// Structural similarity (Wang et al. 2004) of the luma, 11×11 Gaussian window, σ = 1.5.
double ssim(const Image& a, const Image& b);

/// Mean squared gradient of the luma: how much edge energy a picture has.
double gradientEnergy(const Image& image);

} // namespace limpid::image
