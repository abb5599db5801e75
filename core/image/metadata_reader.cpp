// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/heif_decoder.h"
#include "core/image/jpeg_blocks.h"
#include "core/image/metadata_blocks.h"
#include "core/image/tiff_container.h"
#include "core/image/webp_container.h"

#include <algorithm>
#include <array>

namespace limpid::image {

namespace {

using Blocks = Metadata::Blocks;

/// Result of reading one block; nothing when the block is broken.
template<class Read>
Bytes attempt(Read read)
{
    try {
        return read();
    } catch (const Failure&) {
        return {};
    }
}

/// A thumbnail inside JFIF would show the old picture.
JpegSegment withoutThumbnail(JpegSegment jfif)
{
    constexpr std::size_t sizeWithoutThumbnail = 14;
    if (jfif.payload.size() > sizeWithoutThumbnail) {
        jfif.payload.resize(sizeWithoutThumbnail);
        jfif.payload[12] = 0;
        jfif.payload[13] = 0;
    }
    return jfif;
}

/// Gain maps, motion photos and depth maps hang behind the picture and are named in its XMP.
bool namesAttachments(const Bytes& xmp)
{
    constexpr std::array<std::string_view, 4> names{"hdrgm:", "Container:Directory", "MicroVideo",
                                                    "GDepth:"};
    const std::string_view text = textOf(xmp);
    return std::any_of(names.begin(), names.end(),
                       [text](auto name) { return text.find(name) != text.npos; });
}

Blocks blocksOfJpeg(const JpegLayout& layout)
{
    Blocks blocks;
    blocks.hasMorePictures = layout.hasMoreAfterEnd;
    for (const JpegSegment& segment : layout.segments) {
        const JpegBlock kind = kindOf(segment);
        blocks.hasMorePictures = blocks.hasMorePictures || kind == JpegBlock::MultiPicture;
        blocks.hasComments = blocks.hasComments || kind == JpegBlock::Other;
        if (kind != JpegBlock::MultiPicture && kind != JpegBlock::Encoder)
            blocks.jpegSegments.push_back(kind == JpegBlock::Jfif ? withoutThumbnail(segment)
                                                                  : segment);
    }
    blocks.exif = collectExif(layout.segments);
    blocks.icc = collectIcc(layout.segments);
    blocks.xmp = collectXmp(layout.segments);
    blocks.extendedXmp = collectExtendedXmp(layout.segments);
    blocks.photoshop = collectPhotoshop(layout.segments);
    blocks.iptc = attempt([&] { return iptcOf(blocks.photoshop); });
    blocks.hasMorePictures = blocks.hasMorePictures || namesAttachments(blocks.xmp);
    return blocks;
}

/// Chunks that stay true when the pixels change: those marked safe to copy, and those about color.
bool isKept(const PngChunk& chunk)
{
    constexpr std::array<std::string_view, 5> colorChunks{"gAMA", "cHRM", "sRGB", "cICP", "sBIT"};
    const bool isSafeToCopy = (chunk.type[3] & 0x20) != 0;
    return isSafeToCopy ||
           std::find(colorChunks.begin(), colorChunks.end(), chunk.type) != colorChunks.end();
}

constexpr std::string_view exifPrefix{"Exif\0\0", 6};

/// Some writers carry the prefix of JPEG over.
Bytes withoutPrefix(Bytes exif)
{
    if (startsWith(exif, exifPrefix))
        exif.erase(exif.begin(), exif.begin() + exifPrefix.size());
    return exif;
}

/// Takes the chunk's contents as the block when they are any, and says so.
template<class Read>
bool adopt(Bytes& block, Read read)
{
    Bytes found = attempt(read);
    const bool isFound = !found.empty();
    if (isFound)
        block = std::move(found);
    return isFound;
}

/// The profile of a chunk; a broken one is a loss, for no other program will want the chunk either.
bool adoptProfile(Blocks& blocks, const PngChunk& chunk)
{
    const bool isFound = adopt(blocks.icc, [&] { return unpackIccChunk(chunk.content); });
    blocks.hasUnreadable = blocks.hasUnreadable || !isFound;
    return true;
}

/// True when the chunk is one of the blocks, which are written anew.
bool adoptPngBlock(Blocks& blocks, const PngChunk& chunk)
{
    const auto raw = [&chunk](std::string_view name) {
        return [&chunk, name] {
            return unpackRawProfile(chunk, name);
        };
    };
    if (chunk.type == "eXIf")
        return adopt(blocks.exif, [&] { return chunk.content; });
    if (chunk.type == "iCCP")
        return adoptProfile(blocks, chunk);
    if (chunk.type == "iTXt")
        return adopt(blocks.xmp, [&] { return unpackXmpChunk(chunk.content); });
    return adopt(blocks.exif, raw("exif")) || adopt(blocks.exif, raw("APP1")) ||
           adopt(blocks.photoshop, raw("iptc")) || adopt(blocks.photoshop, raw("8bim")) ||
           adopt(blocks.xmp, raw("xmp"));
}

/// True for what adoptPngBlock() would unpack.
bool isPacked(const PngChunk& chunk)
{
    return chunk.type == "iCCP" || startsWith(chunk.content, png::xmpKeyword) ||
           startsWith(chunk.content, png::rawKeyword);
}

Blocks blocksOfPng(const PngLayout& layout)
{
    constexpr int mostPacked = 16; // three are usual, and each may unpack to 64 MB
    Blocks blocks;
    int packed = 0;
    for (const PngChunk& chunk : layout.chunks) {
        if (isPacked(chunk) && ++packed > mostPacked) {
            blocks.hasUnreadable = true;
            continue;
        }
        if (adoptPngBlock(blocks, chunk) || !isKept(chunk))
            continue;
        blocks.hasComments = blocks.hasComments || chunk.type == "tEXt" || chunk.type == "zTXt" ||
                             chunk.type == "iTXt";
        blocks.pngChunks.push_back(chunk);
    }
    blocks.exif = withoutPrefix(std::move(blocks.exif));
    // ImageMagick writes the IPTC records alone, Exiv2 the resources around them.
    if (!blocks.photoshop.empty() && !hasResourceMark(blocks.photoshop))
        blocks.photoshop = photoshopAround(blocks.photoshop);
    blocks.iptc = attempt([&] { return iptcOf(blocks.photoshop); });
    return blocks;
}

Blocks blocksOfTiff(TiffLayout layout)
{
    Blocks blocks;
    blocks.exif = std::move(layout.blocks.exif);
    blocks.icc = std::move(layout.blocks.icc);
    blocks.xmp = std::move(layout.blocks.xmp);
    blocks.iptc = std::move(layout.blocks.iptc);
    blocks.photoshop = std::move(layout.blocks.photoshop);
    if (blocks.iptc.empty())
        blocks.iptc = attempt([&] { return iptcOf(blocks.photoshop); });
    blocks.fourthChannel = layout.blocks.fourthChannel;
    blocks.hasMorePictures = layout.hasMorePages;
    return blocks;
}

Blocks blocksOfWebP(WebPLayout layout)
{
    Blocks blocks;
    blocks.exif = withoutPrefix(std::move(layout.blocks.exif));
    blocks.icc = std::move(layout.blocks.icc);
    blocks.xmp = std::move(layout.blocks.xmp);
    return blocks;
}

Blocks blocksOfHeif(HeifLayout layout)
{
    Blocks blocks;
    blocks.exif = withoutPrefix(std::move(layout.blocks.exif));
    blocks.icc = std::move(layout.blocks.icc);
    blocks.xmp = std::move(layout.blocks.xmp);
    blocks.fourthChannel = layout.blocks.fourthChannel;
    blocks.hasMorePictures = layout.blocks.hasMorePictures || namesAttachments(blocks.xmp);
    blocks.hasUnreadable = layout.blocks.hasUnreadable;
    return blocks;
}

Blocks blocksOf(ByteView file, FileFormat format, const ReadLimits& limits)
{
    switch (format) {
    case FileFormat::Jpeg: return blocksOfJpeg(parseJpeg(file, limits));
    case FileFormat::Png: return blocksOfPng(parsePng(file, limits));
    case FileFormat::Tiff: return blocksOfTiff(parseTiff(file, limits));
    case FileFormat::WebP: return blocksOfWebP(parseWebP(file, limits));
    case FileFormat::Heic:
    case FileFormat::Avif: return blocksOfHeif(parseHeif(file, limits));
    }
    throwFailure(ErrorCode::Internal, "unknown format");
}

} // namespace

Metadata readMetadata(ByteView file, FileFormat format, const ReadLimits& limits)
{
    return Metadata(std::make_shared<const Blocks>(blocksOf(file, format, limits)));
}

} // namespace limpid::image
