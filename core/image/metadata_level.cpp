// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/metadata_level.h"

#include "core/image/exif_level.h"
#include "core/image/iptc_level.h"
#include "core/image/jpeg_blocks.h"
#include "core/image/metadata_blocks.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace limpid::image {

namespace {

using Blocks = Metadata::Blocks;

void reduceExif(Reduction& reduction, const Blocks& source, MetadataLevel level)
{
    ReducedExif exif = reducedExif(source.exif, level);
    reduction.blocks.exif = std::move(exif.block);
    reduction.losesPrivate = reduction.losesPrivate || exif.losesPrivate;
    reduction.losesUnreadable = reduction.losesUnreadable || !exif.isReadable;
}

std::optional<ReducedXmp> reducedToBasic(ByteView packet)
{
    std::optional<Bytes> kept = basicXmp(packet);
    return kept ? std::optional(ReducedXmp{.packet = std::move(*kept)}) : std::nullopt;
}

void reduceXmp(Reduction& reduction, const Blocks& source, MetadataLevel level)
{
    const Bytes whole = mergedXmp(source.xmp, source.extendedXmp);
    if (whole.empty())
        return;
    std::optional<ReducedXmp> kept =
        level == MetadataLevel::Basic ? reducedToBasic(whole) : xmpWithoutLocation(whole);
    // What could not be merged is lost.
    const bool isHalf = !source.extendedXmp.empty() && whole == source.xmp;
    reduction.losesUnreadable = reduction.losesUnreadable || !kept || isHalf;
    reduction.losesPrivate = reduction.losesPrivate || (kept && kept->losesPrivate);
    reduction.blocks.xmp = std::move(kept).value_or(ReducedXmp()).packet;
}

void reduceCaption(Reduction& reduction, const Blocks& source, MetadataLevel level)
{
    ReducedRecords iptc = reducedIptc(source.iptc, level);
    ReducedRecords photoshop = reducedPhotoshop(source.photoshop, level);
    reduction.blocks.iptc = std::move(iptc.block);
    reduction.blocks.photoshop = std::move(photoshop.block);
    reduction.losesPrivate = reduction.losesPrivate || iptc.losesOther || photoshop.losesOther;
    reduction.losesUnreadable =
        reduction.losesUnreadable || !iptc.isReadable || !photoshop.isReadable;
}

/// A JPEG file's segments as if it had only the blocks that are left; none when it had none.
void reduceSegments(Reduction& reduction, const Blocks& source, MetadataLevel level)
{
    std::vector<JpegSegment>& segments = reduction.blocks.jpegSegments;
    const auto add = [&segments](const std::vector<JpegSegment>& more) {
        segments.insert(segments.end(), more.begin(), more.end());
    };
    const auto addKind = [&](auto isWanted) {
        std::ranges::copy_if(source.jpegSegments, std::back_inserter(segments), isWanted);
    };
    const auto isComment = [](const JpegSegment& segment) {
        return segment.marker == jpeg::comment;
    };
    const Blocks& blocks = reduction.blocks;
    addKind([](const JpegSegment& segment) { return kindOf(segment) == JpegBlock::Jfif; });
    if (!blocks.exif.empty())
        add(exifSegments(blocks.exif));
    if (!blocks.xmp.empty())
        add(xmpSegments(blocks.xmp));
    add(photoshopSegments(blocks.photoshop));
    add(iccSegments(blocks.icc));
    if (level != MetadataLevel::NoLocation)
        return;
    addKind(isComment);
    reduction.blocks.hasComments = std::ranges::any_of(source.jpegSegments, isComment);
    reduction.losesPrivate |=
        std::ranges::any_of(source.jpegSegments, [&isComment](const JpegSegment& segment) {
            return kindOf(segment) == JpegBlock::Other && !isComment(segment);
        });
}

/// Those that say how the pixels are to be shown, in the only size that they may have.
bool isColorChunk(const PngChunk& chunk)
{
    struct Kind {
        std::string_view type;
        std::size_t least;
        std::size_t most;
    };
    constexpr std::array kinds{Kind{"gAMA", 4, 4}, Kind{"cHRM", 32, 32}, Kind{"sRGB", 1, 1},
                               Kind{"cICP", 4, 4}, Kind{"sBIT", 1, 4}};
    return std::ranges::any_of(kinds, [&chunk](const Kind& kind) {
        return chunk.type == kind.type && chunk.content.size() >= kind.least &&
               chunk.content.size() <= kind.most;
    });
}

bool isTextChunk(const PngChunk& chunk)
{
    return chunk.type == "tEXt" || chunk.type == "zTXt" || chunk.type == "iTXt";
}

/// The keywords that the PNG specification registers, the basic ones first.
bool hasKnownKeyword(const PngChunk& chunk, MetadataLevel level)
{
    constexpr std::array<std::string_view, 10> keywords{
        "Author",     "Copyright", "Creation Time", "Title",   "Description",
        "Disclaimer", "Warning",   "Source",        "Comment", "Software"};
    constexpr std::size_t basicOnes = 3;
    const std::string_view text = textOf(chunk.content);
    const std::string_view keyword = text.substr(0, text.find('\0'));
    const auto* const end =
        level == MetadataLevel::Basic ? keywords.begin() + basicOnes : keywords.end();
    return std::find(keywords.begin(), end, keyword) != end;
}

void reduceChunks(Reduction& reduction, const Blocks& source, MetadataLevel level)
{
    constexpr std::size_t densityBytes = 9;
    for (const PngChunk& chunk : source.pngChunks) {
        const bool isDensity = chunk.type == "pHYs" && chunk.content.size() == densityBytes;
        const bool isText = isTextChunk(chunk);
        const bool isKept =
            isColorChunk(chunk) || (level != MetadataLevel::None &&
                                    (isDensity || (isText && hasKnownKeyword(chunk, level))));
        if (isKept)
            reduction.blocks.pngChunks.push_back(chunk);
        else if (level == MetadataLevel::NoLocation)
            reduction.losesPrivate = true;
        reduction.blocks.hasComments = reduction.blocks.hasComments || (isKept && isText);
    }
}

} // namespace

Reduction reduced(const Metadata::Blocks& blocks, MetadataLevel level)
{
    if (level == MetadataLevel::All)
        return {.blocks = blocks};
    Reduction reduction;
    reduction.blocks.icc = blocks.icc;
    reduction.blocks.fourthChannel = blocks.fourthChannel;
    reduction.blocks.hasMorePictures = blocks.hasMorePictures;
    reduction.blocks.hasUnreadable = blocks.hasUnreadable;
    reduceChunks(reduction, blocks, level);
    if (level == MetadataLevel::None)
        return reduction;
    reduceExif(reduction, blocks, level);
    reduceXmp(reduction, blocks, level);
    reduceCaption(reduction, blocks, level);
    if (!blocks.jpegSegments.empty())
        reduceSegments(reduction, blocks, level);
    return reduction;
}

} // namespace limpid::image
