// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

namespace limpid::training {

/// What a camera with a Bayer mosaic (RGGB) and bilinear interpolation makes of the noise at its
/// pixels: a channel keeps it where it was measured, a quarter or half of all pixels, and has means
/// of neighbors elsewhere. noise: [N, 3, H, W], H and W at least 2 → same shape, calmer, with
/// grains of about two pixels and of color.
torch::Tensor throughBayerMosaic(const torch::Tensor& noise);

/// A camera's own sharpening: the luma's difference to its 3 × 3 binomial blur (sigma 0.7 pixels)
/// is added once more, as often as `amount` says, [N, 1, 1, 1]. srgb: [N, 3, H, W], 0…1 → same
/// shape, clamped to 0…1; exactly the same where the amount is 0.
torch::Tensor sharpenedInCamera(const torch::Tensor& srgb, const torch::Tensor& amount);

} // namespace limpid::training
