// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/geometry.h"
#include "core/image/bytes.h"
#include "core/image/photo_reader.h"

namespace limpid::image {

/// A picture that libheif decodes for the primary one: itself, its tiles, its alpha.
struct HeifCodedPicture {
    std::string codec;
    Size size; ///< As the boxes say, before turns.
    ByteView configuration;
    Bytes data;
};

/// What the boxes of a HEIF file say of its primary picture.
struct HeifStructure {
    /// The type of the item that is decoded, or of the tiles of a grid: "hvc1", "av01", …
    std::string codec;
    bool hasAlpha = false;
    bool hasMovie = false; ///< There is a sequence or a video beside the picture.
    Size stored;           ///< Before it is cropped and turned. Empty for an unknown codec.
    int longestSide = 0;   ///< Of all that is decoded, in pixels.
    /// The most that the picture or its alpha has, tiles that are shown several times counted as
    /// often.
    std::int64_t codedPixels = 0;
    std::vector<HeifCodedPicture> coded; ///< Each once.
};

/// True when the first box names a brand of HEIF pictures or sequences, AVIF among them.
bool isHeif(ByteView file);

/// Walks the boxes without decoding, and lets through only what libheif decodes in bounded time and
/// memory: a coded picture, or a grid of coded pictures that covers what it says, with such an
/// alpha. For a codec other than HEVC and AV1 it says no more than its name. Throws Failure:
/// DamagedFile when a box does not fit into the file (but for what lies behind the last of them),
/// tables contradict each other or there is no picture; UnsupportedFormat for a sequence without a
/// still picture and for other structures.
HeifStructure parseHeifStructure(ByteView file);

/// Compares the sizes in the boxes with the limit, and those in the coded pictures, which libheif
/// does not look at beforehand, with those in the boxes. Throws Failure: PictureTooLarge,
/// DamagedFile, UnsupportedFormat.
void checkHeifSizes(const HeifStructure& structure, const ReadLimits& limits);

} // namespace limpid::image
