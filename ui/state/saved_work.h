// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancellation.h"
#include "core/image/photo.h"
#include "ui/state/restoration.h"

#include <filesystem>
#include <optional>
#include <string>

namespace limpid::ui {

/// What a crash would lose: the results that lie on a photo, and how they are shown.
struct SavedWork {
    std::filesystem::path photo;
    std::string checksum; ///< SHA-256 of the photo's file.
    RestorationPtr restoration;
    std::optional<region::Region> region{};
    float strength = 1.0F;
};

/// Writes it, all values exact, but for the photo itself and the steps on the way; replaces `file`
/// or leaves it as it was. The checksum is made here. FileUnwritable, DiskFull, and what a photo
/// that cannot be read gives. Throws Cancelled soon after `token` says so. Any thread.
[[nodiscard]] Result<void> writeWork(const SavedWork& work, const std::filesystem::path& file,
                                     const CancelToken& token = {});

/// The photo that the results in this file belong to; a few bytes are read. Errors as readWork().
[[nodiscard]] Result<std::filesystem::path> photoOfWork(const std::filesystem::path& file);

/// Reads it. The requests have no image, the masks are missing: see laidOnto(). FileNotFound,
/// FileUnreadable; DamagedFile when it is no such file, cut off, or of another version. Any thread.
[[nodiscard]] Result<SavedWork> readWork(const std::filesystem::path& file);

/// The restoration as it lay on this photo. DamagedFile, which names the photo, when that is not
/// the file of then any more. Any thread.
[[nodiscard]] Result<RestorationPtr> laidOnto(const image::Photo& photo, const SavedWork& work);

} // namespace limpid::ui
