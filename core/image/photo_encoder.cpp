// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/photo_encoder.h"

#include "core/image/exif_block.h"
#include "core/image/icc_header.h"
#include "core/image/jpeg_blocks.h"
#include "core/image/jpeg_encoder.h"
#include "core/image/mat_view.h"
#include "core/image/metadata_blocks.h"
#include "core/image/raster_convert.h"
#include "core/image/thumbnail.h"
#include "core/image/tiff_container.h"
#include "core/image/webp_container.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <set>

namespace limpid::image {

namespace {

using Blocks = Metadata::Blocks;

/// What is written: the pixels as the target holds them, and the blocks that go with them.
struct Export {
    Raster pixels;
    Bytes exif;
    Bytes icc;
    Bytes xmp;
    bool hasExtendedXmp = false; ///< The source's extended packet stays beside `xmp`, as it is.
    const Blocks& source;        ///< Those of the photo that the level of metadata leaves.
};

/// What is to be said of the picture's origin; null when nothing is.
const Provenance* statedProvenance(const Raster& pixels, const Photo& photo,
                                   const ExportOptions& options)
{
    if (!options.statesProvenance || !options.provenance)
        return nullptr;
    const Raster& original = photo.original;
    const bool isOriginal =
        pixels.size() == original.size() && pixels.channels() == original.channels() &&
        pixels.depth() == original.depth() && std::ranges::equal(pixels.bytes(), original.bytes());
    return isOriginal ? nullptr : &*options.provenance;
}

/// None has only what must be said. A tool that the photo names is not spoken over, also where the
/// level leaves its name out.
CreatorTool creatorTool(const Photo& photo, MetadataLevel level)
{
    constexpr std::string_view name = "CreatorTool";
    const Blocks* blocks = photo.metadata.blocks();
    const bool isNamed =
        blocks && (textOf(blocks->xmp).find(name) != std::string_view::npos ||
                   textOf(blocks->extendedXmp).find(name) != std::string_view::npos);
    return isNamed || level == MetadataLevel::None ? CreatorTool::LeftAlone
                                                   : CreatorTool::SetWhenAbsent;
}

struct XmpPacket {
    Bytes bytes;
    bool hasExtended = false; ///< See Export.
};

/// True when the packet may have a property that would be stated once more in another.
bool namesProvenance(ByteView packet)
{
    constexpr std::array<std::string_view, 2> names{"DigitalSourceType", "History"};
    return std::ranges::any_of(
        names, [text = textOf(packet)](auto name) { return text.find(name) != text.npos; });
}

/// The packet as the target holds it. Only a JPEG that keeps its own segments has a second one
/// beside it. When the first outgrows its segment, or would state what stands in the second, both
/// become one, which is then cut anew.
XmpPacket xmpFor(const Blocks& blocks, const Photo& photo, const ExportOptions& options,
                 const Provenance* provenance)
{
    const bool hasSegments = options.format == FileFormat::Jpeg && !blocks.jpegSegments.empty();
    // Of a level that leaves things out, only the packet itself is up to date.
    const bool keepsExtended = hasSegments && options.metadata == MetadataLevel::All;
    const Bytes own = patchedXmp(blocks.xmp, photo.original.size());
    const CreatorTool tool = creatorTool(photo, options.metadata);
    const auto stated = [&](const Bytes& packet) {
        return provenance ? statedXmp(packet, *provenance, tool) : packet;
    };
    if (!keepsExtended || (provenance && namesProvenance(blocks.extendedXmp))) {
        const Bytes merged = mergedXmp(own, blocks.extendedXmp);
        const bool isMerged = blocks.extendedXmp.empty() || merged != own;
        if (!keepsExtended || isMerged)
            return {.bytes = stated(merged)};
    }
    Bytes packet = stated(own);
    if (xmpSegments(packet).size() > 1)
        return {.bytes = stated(mergedXmp(own, blocks.extendedXmp))};
    // A packet that had to be replaced does not name the other any more.
    const bool isNamed = blocks.extendedXmp.empty() ||
                         textOf(packet).find("HasExtendedXMP") != std::string_view::npos;
    return {.bytes = std::move(packet), .hasExtended = keepsExtended && isNamed};
}

/// Only TIFF can hold a fourth channel that is not straight alpha.
Raster withAlphaFor(FileFormat format, const Raster& pixels, FourthChannel meaning)
{
    const bool isStraight = pixels.channels() != 4 || meaning == FourthChannel::StraightAlpha;
    if (isStraight || format == FileFormat::Tiff)
        return pixels;
    return meaning == FourthChannel::PremultipliedAlpha ? withStraightAlpha(pixels)
                                                        : withoutAlpha(pixels);
}

/// Pixels as the target's format can hold them. `icc` is emptied when they leave its color space.
Raster fittedPixels(const Raster& pixels, const ExportOptions& options, Bytes& icc)
{
    const bool isDeepFormat =
        options.format == FileFormat::Png || options.format == FileFormat::Tiff;
    Raster fitted = withDepth(pixels, isDeepFormat ? options.depth : SampleDepth::U8);
    if (options.format == FileFormat::Jpeg)
        fitted = withoutAlpha(fitted);
    const bool isGrayRefused = (options.format == FileFormat::WebP && fitted.channels() <= 2) ||
                               (options.format == FileFormat::Tiff && fitted.channels() == 2);
    if (!isGrayRefused)
        return fitted;
    const Raster rgb = grayAsRgb(fitted, icc);
    icc.clear();
    return rgb;
}

Export prepare(const Raster& pixels, const Photo& photo, const ExportOptions& options,
               const Blocks& blocks, XmpPacket xmp)
{
    Bytes icc = profileFits(blocks.icc, pixels.channels()) ? blocks.icc : Bytes();
    const ThumbnailMaker makeThumbnail = [&](std::size_t maxBytes) {
        return encodeThumbnail(pixels, photo.metadata.iccProfile(), maxBytes);
    };
    Bytes exif = patchedExif(blocks.exif, pixels.size(), makeThumbnail);
    Raster fitted = fittedPixels(pixels, options, icc);
    return {.pixels = std::move(fitted),
            .exif = std::move(exif),
            .icc = std::move(icc),
            .xmp = std::move(xmp.bytes),
            .hasExtendedXmp = xmp.hasExtended,
            .source = blocks};
}

Bytes encodePixels(const Raster& pixels, const std::string& extension,
                   const std::vector<int>& parameters)
{
    cv::Mat ordered;
    if (pixels.channels() == 3)
        cv::cvtColor(matView(pixels), ordered, cv::COLOR_RGB2BGR);
    else if (pixels.channels() == 4)
        cv::cvtColor(matView(pixels), ordered, cv::COLOR_RGBA2BGRA);
    else
        ordered = matView(pixels);
    Bytes encoded;
    if (!cv::imencode(extension, ordered, encoded, parameters) || encoded.empty())
        throwFailure(ErrorCode::Internal, "the picture cannot be encoded as " + extension);
    return encoded;
}

/// EXIF that fits into one segment. Oversized blocks come from other formats only.
Bytes exifForJpeg(const Bytes& exif)
{
    constexpr std::size_t maxExif = jpeg::maxPayload - 6;
    if (exif.size() <= maxExif)
        return exif;
    try {
        return rebuiltExif(
            TiffStructure(exif), [](ExifPlace, std::uint16_t) { return true; }, maxExif);
    } catch (const Failure&) {
        return {};
    }
}

bool holdsIptc(ByteView photoshop)
{
    try {
        return !iptcOf(photoshop).empty();
    } catch (const Failure&) {
        return false;
    }
}

/// 8BIM resources, with the IPTC records when the source has them elsewhere. These come first:
/// nobody finds what stands behind a damaged resource.
Bytes photoshopOf(const Blocks& blocks)
{
    if (blocks.iptc.empty() || holdsIptc(blocks.photoshop))
        return blocks.photoshop;
    Bytes resources = photoshopAround(blocks.iptc);
    append(resources, blocks.photoshop);
    return resources;
}

void appendAll(std::vector<JpegSegment>& segments, std::vector<JpegSegment> more)
{
    for (JpegSegment& segment : more)
        segments.push_back(std::move(segment));
}

/// Behind what must come first: JFIF, then EXIF.
void insertXmp(std::vector<JpegSegment>& segments, const Bytes& xmp)
{
    const auto place = std::ranges::find_if_not(segments, [](const JpegSegment& segment) {
        return kindOf(segment) == JpegBlock::Jfif || kindOf(segment) == JpegBlock::Exif;
    });
    const std::vector<JpegSegment> more = xmpSegments(xmp);
    segments.insert(place, more.begin(), more.end());
}

/// A JPEG's own segments in their order, with the patched ones in place.
std::vector<JpegSegment> replayedSegments(const Export& job)
{
    std::vector<JpegSegment> segments;
    std::set<JpegBlock> patched; // the first of a kind counts; odd files hold further ones
    for (const JpegSegment& segment : job.source.jpegSegments) {
        const JpegBlock kind = kindOf(segment);
        if (kind == JpegBlock::Exif && patched.insert(kind).second)
            appendAll(segments, exifSegments(job.exif));
        else if (kind == JpegBlock::Xmp && patched.insert(kind).second)
            appendAll(segments, xmpSegments(job.xmp));
        else if (kind == JpegBlock::ExtendedXmp ? job.hasExtendedXmp
                                                : kind != JpegBlock::Icc || !job.icc.empty())
            segments.push_back(segment);
    }
    if (!job.xmp.empty() && !patched.contains(JpegBlock::Xmp))
        insertXmp(segments, job.xmp);
    return segments;
}

std::vector<JpegSegment> newSegments(const Export& job)
{
    std::vector<JpegSegment> segments;
    if (!job.exif.empty())
        appendAll(segments, exifSegments(exifForJpeg(job.exif)));
    if (!job.xmp.empty())
        appendAll(segments, xmpSegments(job.xmp));
    appendAll(segments, photoshopSegments(photoshopOf(job.source)));
    appendAll(segments, iccSegments(job.icc));
    return segments;
}

Bytes encodeJpeg(const Export& job, int quality)
{
    const Bytes encoded = encodeJpegStream(job.pixels, quality);
    if (!job.source.jpegSegments.empty())
        return withSegments(encoded, replayedSegments(job));
    const std::vector<JpegSegment> segments = newSegments(job);
    return segments.empty() ? encoded : withSegments(encoded, segments);
}

Bytes encodePng(const Export& job)
{
    const Bytes encoded = job.pixels.channels() == 2 ? encodeGrayAlphaPng(job.pixels)
                                                     : encodePixels(job.pixels, ".png", {});
    std::vector<PngChunk> chunks;
    if (!job.icc.empty())
        chunks.push_back(iccChunk(job.icc));
    if (!job.exif.empty())
        chunks.push_back({.type = "eXIf", .content = job.exif});
    if (!job.xmp.empty())
        chunks.push_back(xmpChunk(job.xmp));
    // No PNG standard has a place for IPTC; ExifTool, Exiv2 and ImageMagick share this one.
    const Bytes photoshop = photoshopOf(job.source);
    if (!photoshop.empty())
        chunks.push_back(rawProfileChunk("iptc", photoshop));
    chunks.insert(chunks.end(), job.source.pngChunks.begin(), job.source.pngChunks.end());
    return withChunks(encoded, chunks);
}

Bytes encodeWebP(const Export& job, int quality)
{
    // OpenCV writes lossless WebP above 100.
    const int level = quality >= 100 ? 101 : quality;
    const Bytes encoded = encodePixels(job.pixels, ".webp", {cv::IMWRITE_WEBP_QUALITY, level});
    const PhotoHeader header{.format = FileFormat::WebP,
                             .size = job.pixels.size(),
                             .channels = job.pixels.channels(),
                             .depth = SampleDepth::U8};
    return withBlocks(encoded, header, {.icc = job.icc, .exif = job.exif, .xmp = job.xmp});
}

} // namespace

Bytes encodePhoto(const Raster& pixels, const Photo& photo, const ExportOptions& options)
{
    const Blocks none;
    const Blocks& all = photo.metadata.blocks() ? *photo.metadata.blocks() : none;
    const bool keepsAll = options.metadata == MetadataLevel::All;
    const Blocks some = keepsAll ? none : reduced(all, options.metadata).blocks;
    const Blocks& blocks = keepsAll ? all : some;
    const Export job =
        prepare(withAlphaFor(options.format, pixels, blocks.fourthChannel), photo, options, blocks,
                xmpFor(blocks, photo, options, statedProvenance(pixels, photo, options)));
    switch (options.format) {
    case FileFormat::Jpeg: return encodeJpeg(job, options.quality);
    case FileFormat::Png: return encodePng(job);
    case FileFormat::Tiff:
        return encodeTiff(job.pixels, {.exif = job.exif,
                                       .icc = job.icc,
                                       .xmp = job.xmp,
                                       .iptc = blocks.iptc,
                                       .photoshop = blocks.photoshop,
                                       .fourthChannel = blocks.fourthChannel});
    case FileFormat::WebP: return encodeWebP(job, options.quality);
    case FileFormat::Heic:
    case FileFormat::Avif: break;
    }
    throwFailure(ErrorCode::InvalidRequest, "photos are not written in this format");
}

} // namespace limpid::image
