// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"
#include "core/image/metadata.h"
#include "core/image/raster.h"

#include <filesystem>

namespace limpid::image {

/// Heic and Avif, both HEIF files, are read and never written.
enum class FileFormat { Jpeg, Png, Tiff, WebP, Heic, Avif };

/// An opened photograph. `original` and `image` are upright (EXIF orientation applied) and of
/// equal size: `original` holds the file's own samples, `image` the same picture in the working
/// space. `metadata` holds the file's metadata blocks byte for byte.
struct Photo {
    Image image;
    Raster original;
    Metadata metadata;
    FileFormat format = FileFormat::Jpeg;
    std::filesystem::path path;

    Size size() const { return image.size(); }
};

} // namespace limpid::image
