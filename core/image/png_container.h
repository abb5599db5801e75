// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/bytes.h"
#include "core/image/photo_reader.h"

#include <string>
#include <vector>

namespace limpid::image {

namespace png {
constexpr std::string_view signature{"\x89PNG\r\n\x1A\n", 8};
constexpr std::string_view xmpKeyword = "XML:com.adobe.xmp";
constexpr std::string_view rawKeyword = "Raw profile type ";
} // namespace png

struct PngChunk {
    std::string type; ///< Four letters.
    Bytes content;
};

/// What a PNG file consists of, apart from its pixels.
struct PngLayout {
    PhotoHeader header;
    std::vector<PngChunk> chunks; ///< Ancillary chunks, in file order.
};

/// Walks every chunk without decoding. Refuses truncated and animated files.
PngLayout parsePng(ByteView file, const ReadLimits& limits);

/// The encoded picture with these chunks after its IHDR.
Bytes withChunks(ByteView encoded, const std::vector<PngChunk>& chunks);

/// PNG of a raster with gray and alpha, which OpenCV would write as RGBA.
Bytes encodeGrayAlphaPng(const Raster& raster);

/// The profile in an iCCP chunk, and the chunk for a profile. Throws Failure when damaged.
Bytes unpackIccChunk(ByteView content);
PngChunk iccChunk(ByteView profile);

/// The packet in an iTXt chunk; empty when the chunk holds another text.
Bytes unpackXmpChunk(ByteView content);
PngChunk xmpChunk(ByteView packet);

/// A profile as ImageMagick and Exiv2 write it: a text chunk with hexadecimal digits, named "exif",
/// "iptc" or the like. Empty when the chunk is another one. Throws Failure when damaged.
Bytes unpackRawProfile(const PngChunk& chunk, std::string_view name);
PngChunk rawProfileChunk(std::string_view name, ByteView content);

} // namespace limpid::image
