// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

namespace limpid::methods {

/// bytes: [H, W, 3], uint8 → [1, 3, H, W], float, 0…1.
torch::Tensor pictureFromBytes(const torch::Tensor& bytes);

/// picture: [1, 3, H, W], 0…1, clamped → [H, W, 3], uint8. Truncated as published, so that on
/// average it is half a level too dark.
torch::Tensor truncatedToBytes(const torch::Tensor& picture);

/// Zeros (black) to the right and below, up to the next multiple. x: [N, C, H, W].
torch::Tensor zeroPadded(const torch::Tensor& x, int multiple);

} // namespace limpid::methods
