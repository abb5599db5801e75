// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/tiff_container.h"

#include "core/base/round_up.h"
#include "core/image/exif_block.h"
#include "core/image/photo_header.h"
#include "core/image/tiff_structure.h"

#include <algorithm>
#include <array>

namespace limpid::image {

namespace {

constexpr std::uint16_t newSubfileType = 0x00FE;
constexpr std::uint16_t bitsPerSample = 0x0102;
constexpr std::uint16_t compression = 0x0103;
constexpr std::uint16_t photometric = 0x0106;
constexpr std::uint16_t stripOffsets = 0x0111;
constexpr std::uint16_t samplesPerPixel = 0x0115;
constexpr std::uint16_t rowsPerStrip = 0x0116;
constexpr std::uint16_t stripByteCounts = 0x0117;
constexpr std::uint16_t planarConfiguration = 0x011C;
constexpr std::uint16_t tileWidth = 0x0142;
constexpr std::uint16_t tileLength = 0x0143;
constexpr std::uint16_t tileOffsets = 0x0144;
constexpr std::uint16_t tileByteCounts = 0x0145;
constexpr std::uint16_t extraSamples = 0x0152;
constexpr std::uint16_t sampleFormat = 0x0153;

constexpr std::size_t maxExif = 32U << 20;

[[noreturn]] void refuse(const std::string& what)
{
    throwFailure(ErrorCode::UnsupportedFormat, what);
}

/// The first directory of a TIFF file, as numbers with the defaults of the specification.
class Page {
public:
    explicit Page(ByteView file)
        : structure_(file), entries_(structure_.directory(structure_.firstDirectory()))
    {}

    const TiffStructure& structure() const { return structure_; }

    std::uint32_t number(std::uint16_t tag, std::uint32_t missing) const
    {
        const auto entry = findTag(entries_, tag);
        return entry ? structure_.number(*entry) : missing;
    }

    std::optional<TiffEntry> find(std::uint16_t tag) const { return findTag(entries_, tag); }

    Bytes block(std::uint16_t tag) const
    {
        const auto entry = find(tag);
        return entry ? copyOf(structure_.value(*entry)) : Bytes();
    }

private:
    TiffStructure structure_;
    std::vector<TiffEntry> entries_;
};

Size sizeOf(const Page& page)
{
    const std::uint32_t width = page.number(tiff::imageWidth, 0);
    const std::uint32_t height = page.number(tiff::imageLength, 0);
    if (width > INT32_MAX || height > INT32_MAX)
        throwFailure(ErrorCode::DamagedFile, "the TIFF header holds an impossible size");
    return {static_cast<int>(width), static_cast<int>(height)};
}

SampleDepth depthOf(const Page& page)
{
    const auto bits = page.find(bitsPerSample);
    const std::uint32_t first = page.number(bitsPerSample, 1);
    for (std::uint32_t i = 0; bits && i < bits->count; ++i) {
        if (page.structure().number(*bits, i) != first)
            refuse("TIFF with channels of different depth");
    }
    if (first != 8 && first != 16)
        refuse("TIFF with " + std::to_string(first) + " bits per sample");
    if (page.number(sampleFormat, 1) != 1)
        refuse("TIFF with floating-point or signed samples");
    return first == 16 ? SampleDepth::U16 : SampleDepth::U8;
}

int channelsOf(const Page& page, SampleDepth depth)
{
    constexpr std::uint32_t whiteIsZero = 0;
    constexpr std::uint32_t palette = 3;
    constexpr std::uint32_t lastDecodable = 6; // YCbCr
    const std::uint32_t samples = page.number(samplesPerPixel, 1);
    const std::uint32_t colors = page.number(photometric, 1);
    if (colors > lastDecodable || colors == 4 || colors == 5)
        refuse("TIFF that is neither gray nor RGB; convert it to RGB first");
    if (samples != 1 && samples != 3 && samples != 4)
        refuse("TIFF with " + std::to_string(samples) + " channels");
    if ((samples == 1) != (colors <= 1 || colors == palette))
        refuse("TIFF with channels that do not fit its color type");
    const bool isPlain = colors == 1 || colors == 2;
    if (depth == SampleDepth::U16 && !isPlain)
        refuse(colors == whiteIsZero ? "16-bit TIFF with inverted gray"
                                     : "16-bit TIFF with a palette or YCbCr");
    if (depth == SampleDepth::U16 && samples > 1 && page.number(planarConfiguration, 1) != 1)
        refuse("16-bit TIFF with separate color planes");
    return colors == palette ? 3 : static_cast<int>(samples);
}

/// Every strip or tile must lie inside the file, and there must be enough of them.
void checkPieces(const Page& page, const PhotoHeader& header, const ReadLimits& limits)
{
    const bool isTiled = page.find(tileOffsets).has_value();
    const auto offsets = page.find(isTiled ? tileOffsets : stripOffsets);
    const auto counts = page.find(isTiled ? tileByteCounts : stripByteCounts);
    if (!offsets || !counts || offsets->count != counts->count)
        throwFailure(ErrorCode::DamagedFile, "the TIFF file does not say where its pixels are");
    for (std::uint32_t i = 0; i < offsets->count; ++i)
        part(page.structure().block(), page.structure().number(*offsets, i),
             page.structure().number(*counts, i));

    const std::int64_t width = isTiled ? page.number(tileWidth, 0) : header.size.width;
    const std::int64_t height =
        isTiled ? page.number(tileLength, 0)
                : std::min<std::int64_t>(page.number(rowsPerStrip, UINT32_MAX), header.size.height);
    if (width <= 0 || height <= 0)
        throwFailure(ErrorCode::DamagedFile, "the TIFF file has empty strips");
    if (width > limits.maxPixels / height)
        throwFailure(ErrorCode::PictureTooLarge, "the TIFF file has huge tiles");
    const std::int64_t across = piecesFor<std::int64_t>(header.size.width, width);
    const std::int64_t down = piecesFor<std::int64_t>(header.size.height, height);
    if (offsets->count < across * down)
        throwFailure(ErrorCode::DamagedFile, "the TIFF file lacks a part of its pixels");
}

/// Writers that leave the tag out, OpenCV among them, mean alpha; without a fourth channel, one
/// that comes later is alpha, too.
FourthChannel fourthChannelOf(const Page& page, int channels)
{
    const auto meaning = page.find(extraSamples);
    if (channels < 4 || !meaning)
        return FourthChannel::StraightAlpha;
    if (meaning->type != tiff::shortType || meaning->count == 0)
        return FourthChannel::Unspecified;
    switch (page.structure().number(*meaning)) {
    case 1: return FourthChannel::PremultipliedAlpha;
    case 2: return FourthChannel::StraightAlpha;
    default: return FourthChannel::Unspecified;
    }
}

bool hasMorePages(const Page& page)
{
    constexpr std::uint32_t reducedPicture = 1;
    const TiffStructure& structure = page.structure();
    const std::uint32_t next = structure.nextDirectory(structure.firstDirectory());
    if (next == 0)
        return false;
    const auto type = findTag(structure.directory(next), newSubfileType);
    return !type || (structure.number(*type) & reducedPicture) == 0;
}

} // namespace

TiffLayout parseTiff(ByteView file, const ReadLimits& limits)
{
    constexpr std::array<std::uint32_t, 6> compressions{1, 5, 7, 8, 32773, 32946};
    const Page page(file);
    TiffLayout layout;
    layout.header.format = FileFormat::Tiff;
    layout.header.size = sizeOf(page);
    checkSize(layout.header.size, limits);
    layout.header.depth = depthOf(page);
    layout.header.channels = channelsOf(page, layout.header.depth);
    const std::uint32_t method = page.number(compression, 1);
    if (std::find(compressions.begin(), compressions.end(), method) == compressions.end())
        refuse("TIFF with compression " + std::to_string(method));
    checkPieces(page, layout.header, limits);
    layout.hasMorePages = hasMorePages(page);
    const auto keeps = [](ExifPlace place, std::uint16_t tag) {
        return place != ExifPlace::First || isDescriptive(tag);
    };
    layout.blocks = {.exif = rebuiltExif(page.structure(), keeps, maxExif),
                     .icc = page.block(tiff::icc),
                     .xmp = page.block(tiff::xmp),
                     .iptc = page.block(tiff::iptc),
                     .photoshop = page.block(tiff::photoshop),
                     .fourthChannel = fourthChannelOf(page, layout.header.channels)};
    return layout;
}

Bytes neutralTiff(ByteView file)
{
    constexpr std::uint32_t premultiplied = 1;
    Bytes neutral = copyOf(file);
    const Page page(file);
    for (const auto& [tag, value] :
         {std::pair(tiff::orientation, 1U), std::pair(extraSamples, premultiplied)}) {
        const auto entry = page.find(tag);
        if (entry && entry->type == tiff::shortType)
            putNumber(neutral, entry->valuePosition, value, 2, page.structure().order());
    }
    return neutral;
}

} // namespace limpid::image
