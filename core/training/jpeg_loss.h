// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <vector>

namespace limpid::training {

/// What baseline JPEG does to a picture, in tensors on any device: YCbCr, optional 4:2:0, 8×8 DCT,
/// quantization with the tables of ITU T.81 Annex K scaled by quality as libjpeg does, and back.
/// rgb: [N, 3, H, W], 0…1, H and W multiples of 16; a quality of 1…100 for each → same shape,
/// clamped to 0…1.
torch::Tensor throughJpeg(const torch::Tensor& rgb, const std::vector<int>& qualities,
                          bool subsampleChroma);

} // namespace limpid::training
