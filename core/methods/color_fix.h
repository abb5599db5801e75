// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancellation.h"

#include <torch/types.h>

namespace limpid::methods {

/// How far matchLowBand looks in each direction: 1 + 2 + … + 2^(levels − 1).
constexpr int lowBandReach(int levels)
{
    return (1 << levels) - 1;
}

/// `restored` with the low frequencies of its light taken from `input`: per channel a gain in
/// linear light that makes their coarse bands equal; the band is that of an à-trous wavelet of
/// `levels` levels (kernel 1-2-1). In linear light because blur keeps the light of a neighborhood,
/// not its mean in sRGB, which it raises wherever there is contrast. Blown highlights of the input
/// take no part and are not changed, so that their missing light does not darken what lies around
/// them. Equal pictures stay equal. Both [1, 3, H, W], −1…1 in sRGB, CPU, as is what comes out.
/// Computes on `device`, strip by strip (some 200 MB there); asks the token before each.
torch::Tensor matchLowBand(const torch::Tensor& restored, const torch::Tensor& input,
                           const torch::Device& device, const CancelToken& token, int levels = 5);

} // namespace limpid::methods
