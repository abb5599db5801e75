// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/image/photo.h"

#include <cstdint>
#include <filesystem>
#include <optional>

namespace limpid::image {

/// What a file may cost before it is refused unopened.
struct ReadLimits {
    std::int64_t maxPixels = 150'000'000;
};

/// Format named by a file's extension, Heic for all of HEIF; none when it is not one that is read.
std::optional<FileFormat> readableFormat(const std::filesystem::path& path);

/// What the header says, read without decoding a pixel.
struct PhotoHeader {
    FileFormat format = FileFormat::Jpeg;
    Size size; ///< As stored, before EXIF's orientation is applied; HEIC and AVIF: upright.
    int channels = 3;
    SampleDepth depth = SampleDepth::U8;
};

/// Looks at the header alone: regular file, format by content, pixel limit.
/// FileNotFound, NotARegularFile, FileUnreadable, UnsupportedFormat, DamagedFile, PictureTooLarge.
[[nodiscard]] Result<PhotoHeader> inspectPhoto(const std::filesystem::path& path,
                                               const ReadLimits& limits = {});

/// Decodes a photograph, applies its orientation and converts it to the working space once.
/// Errors as inspectPhoto. Any thread; no network, no writing.
[[nodiscard]] Result<Photo> readPhoto(const std::filesystem::path& path,
                                      const ReadLimits& limits = {});

} // namespace limpid::image
