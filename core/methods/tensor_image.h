// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/frame.h"
#include "core/image/image.h"

#include <torch/types.h>

namespace limpid::methods {

/// The pixels under `area`, which may reach beyond the picture: there it is mirrored.
/// → [1, 3, area.height, area.width], float, CPU; 0…1 becomes −1…1, nothing is clipped.
torch::Tensor toTensor(const image::Image& image, const Rect& area);

/// rgb: [1, 3, H, W], −1…1, CPU → picture, not clipped.
image::Image toImage(const torch::Tensor& rgb);

/// The same for a picture that was made of the photograph's pixels under `area`, which as a tensor
/// are `before`: where a value has not changed, the photograph's own comes back to the bit.
image::Image toImage(const torch::Tensor& rgb, const torch::Tensor& before,
                     const image::Image& photo, const Rect& area);

/// A preview of `area`, shrunk by averaging to at most about 2 megapixels; clipped and rounded to
/// 8 bit. picture: [1, 3 or 1 (gray), H, W], −1…1, CPU.
engine::Frame toFrame(const torch::Tensor& picture, const Rect& area, engine::FrameKind kind,
                      int step);

} // namespace limpid::methods
