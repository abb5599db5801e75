// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/bytes.h"
#include "core/image/photo_reader.h"

namespace limpid::image {

/// What the fourth channel beside RGB is, numbered as in TIFF's ExtraSamples.
enum class FourthChannel { Unspecified = 0, PremultipliedAlpha = 1, StraightAlpha = 2 };

/// The metadata of a TIFF file; empty ones are absent. `exif` is a TIFF structure of its own,
/// without the tags that describe the pixels and without the four other blocks.
struct TiffBlocks {
    Bytes exif;
    Bytes icc;
    Bytes xmp;
    Bytes iptc;
    Bytes photoshop;
    FourthChannel fourthChannel = FourthChannel::StraightAlpha;
};

struct TiffLayout {
    PhotoHeader header;
    TiffBlocks blocks;
    bool hasMorePages = false;
};

/// Reads the first picture's tags without decoding. Refuses truncated files and what the decoder
/// would read wrongly.
TiffLayout parseTiff(ByteView file, const ReadLimits& limits);

/// The file with orientation 1 and its alpha marked as premultiplied. The decoder cannot be told to
/// leave either alone, so it is told that there is nothing to do.
Bytes neutralTiff(ByteView file);

/// A TIFF file, losslessly compressed. It begins with the EXIF block as it is, so that offsets in
/// maker notes stay valid.
Bytes encodeTiff(const Raster& raster, const TiffBlocks& blocks);

} // namespace limpid::image
