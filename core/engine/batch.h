// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/image/photo.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace limpid::engine {

/// What happens where the file of a result is there already.
enum class ExistingFile { Skip, Rename, Overwrite };

/// A photograph that a batch shall restore.
struct BatchPhoto {
    std::filesystem::path file;
    std::filesystem::path
        folder{}; ///< Where its result goes, below the target; empty: right there.
    image::FileFormat format = image::FileFormat::Jpeg; ///< By content where that could be read.
};

/// How a batch names its results.
struct BatchSettings {
    std::filesystem::path to;           ///< Folder of the results; need not be there.
    std::string name = "{name}-limpid"; ///< See checkNameTemplate().
    std::optional<image::FileFormat>
        format{}; ///< None: the photo's own, JPEG if none can write it.
    ExistingFile existing = ExistingFile::Skip;
    std::string method = "msg";
    int steps = 1;
    std::uint64_t seed = 1;
};

struct BatchItem {
    std::filesystem::path input;
    std::filesystem::path output;
    bool isThere = false; ///< A file of before that Skip leaves alone.

    friend bool operator==(const BatchItem&, const BatchItem&) = default;
};

struct BatchPlan {
    std::vector<BatchItem> items;
    /// Photos that are no items, because by their names they are results of other photos here.
    std::vector<std::filesystem::path> earlierResults;
};

/// A template is the text of a file's name with {name} (the photo's, without its extension),
/// {method}, {steps}, {seed} and {n} (1, 2, … in the order of the photos). InvalidRequest for
/// anything else in braces, and for what is no name of a file.
[[nodiscard]] Result<void> checkNameTemplate(const std::string& name);

/// The file of each result, in the order of the photos. No two are equal, and none is one of the
/// photos, whatever link, other name of the same file or other spelling leads there; "-2", "-3", …
/// tell them apart. In folders in which photos of the batch lie, Overwrite replaces no file but
/// those that by name are results of this batch. The same photos and settings name the same files
/// again, but for Rename; a {name} that would make a name too long is shortened. Reads the file
/// system and changes nothing. InvalidRequest as checkNameTemplate(), when a name is too long even
/// so, and when results would go to a folder of the photos with {n} in their names or with {name}
/// alone: the next run could not tell them from photos.
[[nodiscard]] Result<BatchPlan> planBatch(const std::vector<BatchPhoto>& photos,
                                          const BatchSettings& settings);

} // namespace limpid::engine
