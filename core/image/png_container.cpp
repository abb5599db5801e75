// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/png_container.h"

#include "core/image/deflate.h"
#include "core/image/photo_header.h"

namespace limpid::image {

namespace {

constexpr std::size_t firstChunk = png::signature.size();
constexpr std::size_t chunkOverhead = 12; // length, type and checksum

void appendChunk(Bytes& file, std::string_view type, ByteView content)
{
    appendNumber(file, static_cast<std::uint32_t>(content.size()), 4, ByteOrder::Big);
    const std::size_t start = file.size();
    append(file, viewOf(type));
    append(file, content);
    appendNumber(file, crc32Of(ByteView(file).subspan(start)), 4, ByteOrder::Big);
}

PhotoHeader readImageHeader(ByteView content)
{
    const std::uint32_t width = number(content, 0, 4, ByteOrder::Big);
    const std::uint32_t height = number(content, 4, 4, ByteOrder::Big);
    if (width > INT32_MAX || height > INT32_MAX)
        throwFailure(ErrorCode::DamagedFile, "the PNG header holds an impossible size");
    int channels = 0;
    switch (number(content, 9, 1, ByteOrder::Big)) {
    case 0: channels = 1; break;
    case 2:
    case 3: channels = 3; break; // a palette becomes RGB
    case 4: channels = 2; break;
    case 6: channels = 4; break;
    default: throwFailure(ErrorCode::DamagedFile, "the PNG header holds an unknown color type");
    }
    return {.format = FileFormat::Png,
            .size = {static_cast<int>(width), static_cast<int>(height)},
            .channels = channels,
            .depth =
                number(content, 8, 1, ByteOrder::Big) == 16 ? SampleDepth::U16 : SampleDepth::U8};
}

bool isAncillary(std::string_view type)
{
    return (type[0] & 0x20) != 0;
}

} // namespace

PngLayout parsePng(ByteView file, const ReadLimits& limits)
{
    PngLayout layout;
    bool hasPixels = false;
    std::size_t position = firstChunk;
    while (true) {
        const std::size_t length = number(file, position, 4, ByteOrder::Big);
        const std::string_view type = textOf(part(file, position + 4, 4));
        const ByteView content = part(file, position + 8, length);
        part(file, position, length + chunkOverhead);
        if ((type == "IHDR") != (position == firstChunk))
            throwFailure(ErrorCode::DamagedFile, "the PNG header is not at the start");
        if (type == "IHDR") {
            layout.header = readImageHeader(content);
            checkSize(layout.header.size, limits);
        } else if (type == "acTL") {
            throwFailure(ErrorCode::UnsupportedFormat, "animated PNG");
        } else if (type == "tRNS" && layout.header.channels == 3) {
            layout.header.channels = 4;
        } else if (isAncillary(type)) {
            layout.chunks.push_back({.type = std::string(type), .content = copyOf(content)});
        }
        hasPixels = hasPixels || type == "IDAT";
        if (type == "IEND")
            break;
        position += length + chunkOverhead;
    }
    if (!hasPixels)
        throwFailure(ErrorCode::DamagedFile, "the PNG file holds no pixels");
    return layout;
}

Bytes withChunks(ByteView encoded, const std::vector<PngChunk>& chunks)
{
    const std::size_t rest =
        firstChunk + chunkOverhead + number(encoded, firstChunk, 4, ByteOrder::Big);
    Bytes file = copyOf(part(encoded, 0, rest));
    for (const PngChunk& chunk : chunks)
        appendChunk(file, chunk.type, chunk.content);
    append(file, encoded.subspan(rest));
    return file;
}

Bytes encodeGrayAlphaPng(const Raster& raster)
{
    const bool isDeep = raster.depth() == SampleDepth::U16;
    Bytes header;
    appendNumber(header, static_cast<std::uint32_t>(raster.size().width), 4, ByteOrder::Big);
    appendNumber(header, static_cast<std::uint32_t>(raster.size().height), 4, ByteOrder::Big);
    header.insert(header.end(), {static_cast<std::uint8_t>(isDeep ? 16 : 8), 4, 0, 0, 0});

    // Filter "Up" (2) on every row: the first row has zeros above it.
    const std::size_t stride = raster.bytesPerRow();
    Bytes samples = copyOf(raster.bytes());
    if (isDeep)
        swapSamples(samples, ByteOrder::Big);
    Bytes filtered;
    filtered.reserve(samples.size() + static_cast<std::size_t>(raster.size().height));
    for (std::size_t at = 0; at < samples.size(); ++at) {
        if (at % stride == 0)
            filtered.push_back(2);
        const int above = at < stride ? 0 : samples[at - stride];
        filtered.push_back(static_cast<std::uint8_t>(samples[at] - above));
    }

    Bytes file = copyOf(viewOf(png::signature));
    appendChunk(file, "IHDR", header);
    appendChunk(file, "IDAT", deflated(filtered));
    appendChunk(file, "IEND", {});
    return file;
}

} // namespace limpid::image
