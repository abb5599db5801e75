// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/bytes.h"
#include "core/image/photo_reader.h"
#include "core/image/tiff_container.h"

namespace limpid::image {

/// The metadata of a HEIF file's primary picture; empty ones are absent.
struct HeifBlocks {
    Bytes exif; ///< A TIFF structure, without the offset that HEIF puts before it.
    Bytes icc;  ///< Also made from color primaries and a curve that are named by number.
    Bytes xmp;
    FourthChannel fourthChannel = FourthChannel::StraightAlpha;
    bool hasMorePictures = false; ///< A gain map, a depth map, further pictures or a video.
    /// There is EXIF, but not where its offset says; a profile for gray; or alpha beside a grid.
    bool hasUnreadable = false;
};

struct HeifLayout {
    PhotoHeader header; ///< The size is that after the turns the file itself asks for.
    HeifBlocks blocks;
};

/// Reads what the file says of its primary picture, without decoding it. `header.format` is what
/// the picture is coded with. Throws Failure: DamagedFile, PictureTooLarge, and UnsupportedFormat
/// for other codecs than HEVC and AV1, for one that the installed libheif lacks, and for HDR
/// curves.
HeifLayout parseHeif(ByteView file, const ReadLimits& limits);

/// The samples, RGB or RGBA, turned as the file asks: EXIF's orientation says the same once more
/// and must not be applied. 10 and 12 bits are scaled to 16. Throws Failure as parseHeif().
Raster decodeHeif(ByteView file, const PhotoHeader& header);

} // namespace limpid::image
