// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <torch/types.h>

#include <filesystem>

namespace limpid::training {

/// The picture, reduced by area so that its longer side is at most `longSide`; 0: as it is.
/// [1, 3, H, W] → same kind.
torch::Tensor reducedTo(const torch::Tensor& picture, int longSide);

/// Decodes every photograph below `folder` that the reader understands and writes the cache.
/// Photographs whose longer side exceeds `longSide` are reduced to it by area.
[[nodiscard]] Result<std::size_t> writePhotoCache(const std::filesystem::path& folder,
                                                  const std::filesystem::path& cache, int longSide);

/// The cache to read from: `photos` itself when it is a file; for a folder, photos.safetensors in
/// `out`, decoded at the first call.
[[nodiscard]] Result<std::filesystem::path> cacheFor(const std::filesystem::path& photos,
                                                     const std::filesystem::path& out);

} // namespace limpid::training
