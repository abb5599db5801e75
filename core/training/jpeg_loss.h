// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

namespace limpid::training {

/// What baseline JPEG does to a picture, in tensors on any device: YCbCr, optional 4:2:0, 8×8 DCT,
/// quantization with the tables of ITU T.81 Annex K scaled by quality as libjpeg does, and back.
/// rgb: [N, 3, H, W], 0…1, H and W multiples of 16; quality 1…100 → same shape, clamped to 0…1.
torch::Tensor throughJpeg(const torch::Tensor& rgb, int quality, bool subsampleChroma);

} // namespace limpid::training
