// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/training/photo_cache.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace limpid::training {

/// The photographs of a cache, parted by a list of those to be held apart.
struct SessionPhotos {
    PhotoCache learned;
    PhotoCache held;
    std::vector<std::string> missing; ///< Names of the list that no photograph has; sorted.
};

/// Errors of readNameList and PhotoCache::open; InvalidRequest about the list when none of its
/// names is a photograph's, when a name has become that of several, and when all photographs are
/// named.
[[nodiscard]] Result<SessionPhotos> partPhotos(const std::filesystem::path& cache,
                                               const std::filesystem::path& list);

/// The same for a session that measures: InvalidRequest about the list also when none of the
/// photographs named has room for a picture of validationSide.
[[nodiscard]] Result<SessionPhotos> openSessionPhotos(const std::filesystem::path& cache,
                                                      const std::filesystem::path& list);

/// How many photographs are learned from and held apart, and which names of the list are missing:
/// one or two lines, each with its end.
std::string summaryOf(const SessionPhotos& photos, const std::filesystem::path& list);

/// InvalidRequest about `path`, what the photographs come from, unless a degraded picture of this
/// side in pixels can be cut from one of them. `option` is that which sets the side; empty: none.
[[nodiscard]] Result<void> requireRoom(const PhotoCache& photos, std::int64_t side,
                                       const std::string& option,
                                       const std::filesystem::path& path);

} // namespace limpid::training
