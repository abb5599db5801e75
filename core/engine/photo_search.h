// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancellation.h"
#include "core/base/error.h"
#include "core/engine/batch.h"

#include <filesystem>
#include <vector>

namespace limpid::engine {

struct SearchOptions {
    bool isRecursive = false;
    std::filesystem::path results{}; ///< A folder not entered; it may be named, though.
    CancelToken cancel{};            ///< Asked at every entry of a folder.
};

struct SearchResult {
    std::vector<BatchPhoto> photos;
    std::vector<Error> problems; ///< FileUnreadable, for each folder that could not be searched.
};

/// The photographs that `inputs` name and, in folders, those known by extension or by content.
/// Inputs keep their order; a folder's files come in natural order ("2" before "10"), then its
/// sub-folders. Hidden ones are left out, what is reached twice is there once, and links that lead
/// back are not followed. A file that is named is there even if it cannot be read. Throws
/// Cancelled. Any thread.
SearchResult findPhotos(const std::vector<std::filesystem::path>& inputs,
                        const SearchOptions& options = {});

} // namespace limpid::engine
