// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/photo.h"
#include "tests/support/make_photo.h"

#include <filesystem>

namespace limpid::tests {

/// The numbers of ISO/IEC 23091-2 for a color space; 2 is "unspecified".
struct ColorNumbers {
    int primaries = 2;
    int curve = 2;
};

/// A HEIF file to make. 16-bit samples are scaled down to `bits`, 10 or 12.
struct HeifRecipe {
    image::FileFormat format = image::FileFormat::Heic;
    image::Raster pixels = makeRaster({96, 64}); ///< RGB or RGBA.
    int bits = 8;
    int orientation = 1; ///< How the file itself asks to be turned, numbered as EXIF does.
    bool isPremultiplied = false;
    bool hasSecondPicture = false;
    Bytes exif{}; ///< A TIFF structure.
    Bytes xmp{};
    Bytes icc{};
    ColorNumbers colors{}; ///< Written unless both are unspecified.
};

/// Writes the file with libheif's own encoder, at its best quality and with full chroma, which only
/// AVIF of more than 8 bits has not. Throws std::runtime_error on failure.
void makeHeifFile(const std::filesystem::path& path, const HeifRecipe& recipe);

} // namespace limpid::tests
