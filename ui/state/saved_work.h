// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancellation.h"
#include "core/image/photo.h"
#include "ui/state/restoration.h"

#include <filesystem>
#include <optional>
#include <string>

namespace limpid::ui {

/// What lies around the results: it changes more often than they do, and is small.
struct WorkView {
    std::optional<region::Region> region{};
    float strength = 1.0F; ///< 0…1.

    friend bool operator==(const WorkView&, const WorkView&) = default;
};

/// What a crash would lose: the results that lie on a photo, and how they are shown.
struct SavedWork {
    std::filesystem::path photo;
    std::string checksum; ///< SHA-256 of the photo's file as it was opened.
    RestorationPtr restoration;
    WorkView view{};
};

/// Writes it, all values exact, but for the photo itself and the steps on the way: the results into
/// `file`, the view into a small one beside it. Replaces each or leaves it as it was.
/// FileUnwritable, DiskFull; InvalidRequest without a checksum. Throws Cancelled soon after `token`
/// says so. Any thread.
[[nodiscard]] Result<void> writeWork(const SavedWork& work, const std::filesystem::path& file,
                                     const CancelToken& token = {});

/// Writes another view of the results in `file`, which is left alone. FileUnwritable, DiskFull. Any
/// thread.
[[nodiscard]] Result<void> writeView(const WorkView& view, const std::filesystem::path& file);

/// Deletes `file` and its view. Any thread.
void removeWork(const std::filesystem::path& file);

/// The photo that the results in this file belong to; a few bytes are read. Errors as readWork().
[[nodiscard]] Result<std::filesystem::path> photoOfWork(const std::filesystem::path& file);

/// Reads it. The requests have no image, the masks are missing: see laidOnto(). FileNotFound,
/// FileUnreadable; DamagedFile when it is no such file, cut off, or of another version. A view that
/// is missing or damaged is the whole result; older files have it in themselves. Any thread.
[[nodiscard]] Result<SavedWork> readWork(const std::filesystem::path& file);

/// The restoration as it lay on this photo, whose file had this checksum when it was opened.
/// DamagedFile, which names the photo, when that is not the file of then any more; FileUnreadable
/// without a checksum. Any thread.
[[nodiscard]] Result<RestorationPtr> laidOnto(const image::Photo& photo,
                                              const std::string& checksum, const SavedWork& work);

} // namespace limpid::ui
