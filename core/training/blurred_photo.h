// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>

namespace limpid::training {

/// A photograph blurred by the degradation that training uses: camera shake.
struct ShakeOptions {
    double extentPixels = 10.0;
    std::uint64_t seed = 1;
    int longSide = 0; ///< Reduced to this by area first; 0: as it is.
};

/// Blurs the photograph at `source` and writes it to `target` with its metadata. InvalidRequest
/// when it is smaller than a kernel; errors of readPhoto and writePhoto.
[[nodiscard]] Result<void> writeShakenPhoto(const std::filesystem::path& source,
                                            const std::filesystem::path& target,
                                            const ShakeOptions& options);

} // namespace limpid::training
