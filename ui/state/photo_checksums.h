// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/state/photo_loader.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace limpid::ui {

/// The SHA-256 of the files of photos as they were when they were opened, not as they lie there
/// later. Each is taken just before its file is read: of one that changes in between, the later
/// bytes do not fit. Any thread.
class PhotoChecksums {
public:
    /// Empty where there is no file to be read.
    using Checksum = std::function<std::string(const std::filesystem::path&)>;

    /// `checksum` is the SHA-256 of a file that image::readPhoto does not refuse for its size,
    /// unless a test says otherwise. Any thread.
    explicit PhotoChecksums(Checksum checksum = {});

    /// `read`, image::readPhoto when empty, which notes the checksum first. May outlive this.
    PhotoLoader::Read noting(PhotoLoader::Read read) const;

    /// Of the reading of this file that began last; empty when there was none.
    std::string of(const std::filesystem::path& path) const;

private:
    struct Noted;

    std::shared_ptr<Noted> noted_;
};

} // namespace limpid::ui
