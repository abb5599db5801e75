// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <torch/types.h>

#include <filesystem>
#include <functional>
#include <string>

namespace limpid::training {

/// The picture, reduced by area so that its longer side is at most `longSide`; 0: as it is.
/// [1, 3, H, W] → same kind.
torch::Tensor reducedTo(const torch::Tensor& picture, int longSide);

/// Takes one line for whoever waits, without its end; may be empty.
using Tell = std::function<void(const std::string&)>;

/// Decodes every photograph below `folder` that the reader understands and writes the cache → how
/// many. Photographs whose longer side exceeds `longSide` pixels are reduced to it by area. Each is
/// named as its file, or where that name is not unique by its path below the folder. `tell` hears
/// of those, and of each file that ends like a picture and cannot be read. FileNotFound when there
/// is no folder, or no photograph in it; InvalidRequest when it is a file; FileUnreadable; errors
/// of writeSafetensors.
[[nodiscard]] Result<std::size_t> writePhotoCache(const std::filesystem::path& folder,
                                                  const std::filesystem::path& cache, int longSide,
                                                  const Tell& tell = {});

/// The cache to read from: `photos` itself when it is no folder; for a folder, photos.safetensors
/// in `out`, decoded when there is none or when the folder's pictures are others by name, size or
/// time than those that it was made of. Pictures of the run in `out` do not count. A cache that
/// does not tell is used. `tell` hears which.
[[nodiscard]] Result<std::filesystem::path> cacheFor(const std::filesystem::path& photos,
                                                     const std::filesystem::path& out,
                                                     const Tell& tell = {});

} // namespace limpid::training
