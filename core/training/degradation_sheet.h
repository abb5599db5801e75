// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/contact_sheet.h"
#include "core/training/degradation.h"
#include "core/training/photo_cache.h"

#include <cstdint>
#include <filesystem>

namespace limpid::training {

struct DegradationSheetOptions {
    std::filesystem::path photos; ///< Cache of photographs.
    std::int64_t side = 160;      ///< Of a crop, a multiple of 16.
    std::uint64_t seed = 1;
    DegradationRanges ranges{};
};

/// What training does to pictures, to look at: a row for each kind of kernel and class with the
/// sharp crop, the blurred one, and the kernels (brightest weight white); then a row of pictures
/// that are not blurred, one of those that a gate learns to leave as they are, out of focus on
/// purpose, and rows of draws as training makes them.
ContactSheet degradationSheet(const PhotoCache& photos, const DegradationSheetOptions& options);

/// The same from the cache into a file. Errors of PhotoCache::open, requireRoom and
/// ContactSheet::write.
[[nodiscard]] Result<void> writeDegradationSheet(const DegradationSheetOptions& options,
                                                 const std::filesystem::path& target);

} // namespace limpid::training
