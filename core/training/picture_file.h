// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/image/photo.h"

#include <torch/types.h>

#include <filesystem>

namespace limpid::training {

/// The picture as if it had been read from an 8-bit file without metadata. [1, 3, H, W], 0…1;
/// clipped and rounded.
image::Photo photoOf(const torch::Tensor& picture);

/// The other way: [1, 3, H, W], 0…1. raster: three channels, in the working space.
torch::Tensor pictureOf(const image::Raster& raster);

/// Writes a picture, [1, 3, H, W], 0…1, in the format that the extension names, 8 bits a sample.
/// UnsupportedFormat, FileUnwritable, DiskFull.
[[nodiscard]] Result<void> writePicture(const torch::Tensor& picture,
                                        const std::filesystem::path& target);

} // namespace limpid::training
