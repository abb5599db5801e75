// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/photo.h"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace limpid::tests {

using Bytes = std::vector<std::uint8_t>;

/// A photo file to make. Its pixels are those of `makeRaster`, stored so that `orientation` turns
/// them upright.
struct PhotoRecipe {
    image::FileFormat format = image::FileFormat::Jpeg;
    Size size{96, 64}; ///< Upright.
    int channels = 3;
    image::SampleDepth depth = image::SampleDepth::U8;
    int orientation = 1;
    /// EXIF with camera, GPS, maker note and thumbnail; XMP; IPTC and a comment where the format
    /// can hold them.
    bool hasMetadata = false;
    Bytes icc;
};

/// A picture that looks different from every side: a smooth gradient with a bright corner (top
/// left), a dark one (bottom left) and colors that change along both axes.
image::Raster makeRaster(Size size, int channels = 3,
                         image::SampleDepth depth = image::SampleDepth::U8);

/// Writes the photo with OpenCV and Exiv2, not with our writer. Throws std::exception on failure.
void makePhotoFile(const std::filesystem::path& path, const PhotoRecipe& recipe);

/// The maker note that makePhotoFile puts into EXIF.
Bytes makerNote();

/// Profiles made with lcms2: Display P3's primaries with sRGB's curve; gray with gamma 1.8.
Bytes displayP3Profile();
Bytes grayProfile();

Bytes fileBytes(const std::filesystem::path& path);
void writeBytes(const std::filesystem::path& path, const Bytes& bytes);

} // namespace limpid::tests
