// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/webp_container.h"

#include "core/image/photo_header.h"

namespace limpid::image {

namespace {

constexpr std::size_t firstChunk = 12;
constexpr std::uint32_t animationFlag = 0x02;
constexpr std::uint32_t xmpFlag = 0x04;
constexpr std::uint32_t exifFlag = 0x08;
constexpr std::uint32_t alphaFlag = 0x10;
constexpr std::uint32_t iccFlag = 0x20;

struct Chunk {
    std::string_view type;
    ByteView content;
};

std::uint32_t little(ByteView bytes, std::size_t offset, int width)
{
    return number(bytes, offset, width, ByteOrder::Little);
}

std::vector<Chunk> chunksOf(ByteView file)
{
    const ByteView body = part(file, 0, std::size_t{8} + little(file, 4, 4));
    std::vector<Chunk> chunks;
    for (std::size_t at = firstChunk; at + 8 <= body.size();) {
        const std::size_t length = little(body, at + 4, 4);
        chunks.push_back({textOf(part(body, at, 4)), part(body, at + 8, length)});
        at += 8 + length + length % 2;
    }
    return chunks;
}

int sizeFromBits(std::uint32_t value)
{
    return static_cast<int>(value);
}

/// The size in a lossy bitstream: three bytes of frame tag, three of start code, twice 14 bits.
Size lossySize(ByteView content)
{
    if (!startsWith(part(content, 3, 3), std::string_view("\x9D\x01\x2A", 3)))
        throwFailure(ErrorCode::DamagedFile, "the WebP picture has no start code");
    return {sizeFromBits(little(content, 6, 2) & 0x3FFF),
            sizeFromBits(little(content, 8, 2) & 0x3FFF)};
}

/// A lossless bitstream begins with a signature byte, then width − 1 and height − 1 in 14 bits
/// each, then the alpha bit.
PhotoHeader losslessHeader(ByteView content)
{
    if (number(content, 0, 1, ByteOrder::Big) != 0x2F)
        throwFailure(ErrorCode::DamagedFile, "the WebP picture has no signature");
    const std::uint32_t bits = little(content, 1, 4);
    return {.format = FileFormat::WebP,
            .size = {sizeFromBits(bits & 0x3FFF) + 1, sizeFromBits(bits >> 14 & 0x3FFF) + 1},
            .channels = (bits >> 28 & 1) != 0 ? 4 : 3,
            .depth = SampleDepth::U8};
}

PhotoHeader headerOf(const std::vector<Chunk>& chunks)
{
    PhotoHeader header{
        .format = FileFormat::WebP, .size = {}, .channels = 3, .depth = SampleDepth::U8};
    Size canvas;
    for (const auto& [type, content] : chunks) {
        // Exiv2 0.27 labels color profiles like the header, which only the first chunk can be.
        if (type == "VP8X" && content.data() == chunks.front().content.data()) {
            if ((little(content, 0, 4) & animationFlag) != 0)
                throwFailure(ErrorCode::UnsupportedFormat, "animated WebP");
            canvas = {sizeFromBits(little(content, 4, 3)) + 1,
                      sizeFromBits(little(content, 7, 3)) + 1};
        } else if (type == "ALPH") {
            header.channels = 4;
        } else if (type == "VP8 " && header.size.isEmpty()) {
            header.size = lossySize(content);
        } else if (type == "VP8L" && header.size.isEmpty()) {
            header = losslessHeader(content);
        }
    }
    if (header.size.isEmpty())
        throwFailure(ErrorCode::DamagedFile, "the WebP file holds no picture");
    if (!canvas.isEmpty() && canvas != header.size)
        throwFailure(ErrorCode::DamagedFile, "the WebP file contradicts itself about its size");
    return header;
}

void appendChunk(Bytes& file, std::string_view type, ByteView content)
{
    append(file, viewOf(type));
    appendNumber(file, static_cast<std::uint32_t>(content.size()), 4, ByteOrder::Little);
    append(file, content);
    if (content.size() % 2 != 0)
        file.push_back(0);
}

Bytes extendedHeader(const PhotoHeader& header, const WebPBlocks& blocks)
{
    std::uint32_t flags = header.channels == 4 ? alphaFlag : 0;
    flags |= blocks.icc.empty() ? 0 : iccFlag;
    flags |= blocks.exif.empty() ? 0 : exifFlag;
    flags |= blocks.xmp.empty() ? 0 : xmpFlag;
    Bytes content;
    appendNumber(content, flags, 4, ByteOrder::Little);
    appendNumber(content, static_cast<std::uint32_t>(header.size.width - 1), 3, ByteOrder::Little);
    appendNumber(content, static_cast<std::uint32_t>(header.size.height - 1), 3, ByteOrder::Little);
    return content;
}

} // namespace

WebPLayout parseWebP(ByteView file, const ReadLimits& limits)
{
    const std::vector<Chunk> chunks = chunksOf(file);
    WebPLayout layout{.header = headerOf(chunks), .blocks = {}};
    checkSize(layout.header.size, limits);
    for (const auto& [type, content] : chunks) {
        if (type == "ICCP")
            layout.blocks.icc = copyOf(content);
        else if (type == "EXIF")
            layout.blocks.exif = copyOf(content);
        else if (type == "XMP ")
            layout.blocks.xmp = copyOf(content);
    }
    return layout;
}

Bytes withBlocks(ByteView encoded, const PhotoHeader& header, const WebPBlocks& blocks)
{
    Bytes file = copyOf(viewOf("RIFF0000WEBP"));
    appendChunk(file, "VP8X", extendedHeader(header, blocks));
    if (!blocks.icc.empty())
        appendChunk(file, "ICCP", blocks.icc);
    for (const auto& [type, content] : chunksOf(encoded)) {
        if (type == "ALPH" || type == "VP8 " || type == "VP8L")
            appendChunk(file, type, content);
    }
    if (!blocks.exif.empty())
        appendChunk(file, "EXIF", blocks.exif);
    if (!blocks.xmp.empty())
        appendChunk(file, "XMP ", blocks.xmp);
    putNumber(file, 4, static_cast<std::uint32_t>(file.size() - 8), 4, ByteOrder::Little);
    return file;
}

} // namespace limpid::image
