// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/photo_writer.h"

#include "core/base/atomic_file.h"
#include "core/base/shortened.h"
#include "core/image/file_access.h"
#include "core/image/metadata_blocks.h"
#include "core/image/photo_encoder.h"
#include "core/image/tiff_structure.h"

#include <opencv2/core.hpp>

#include <algorithm>
#include <array>
#include <cassert>
#include <new>

namespace limpid::image {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t maxNameBytes = 255;

struct Extension {
    std::string_view text;
    FileFormat format;
};

/// The first of each format is the one we write.
constexpr std::array<Extension, 7> extensions{{{".jpg", FileFormat::Jpeg},
                                               {".jpeg", FileFormat::Jpeg},
                                               {".jpe", FileFormat::Jpeg},
                                               {".png", FileFormat::Png},
                                               {".tif", FileFormat::Tiff},
                                               {".tiff", FileFormat::Tiff},
                                               {".webp", FileFormat::WebP}}};

bool holdsDeepSamples(FileFormat format)
{
    return format == FileFormat::Png || format == FileFormat::Tiff;
}

std::string lowered(std::string text)
{
    for (char& letter : text) {
        if (letter >= 'A' && letter <= 'Z')
            letter = static_cast<char>(letter - 'A' + 'a');
    }
    return text;
}

bool losesAlpha(const Photo& photo, FileFormat target)
{
    if (target == FileFormat::Tiff || !photo.original.hasAlpha())
        return false;
    const Metadata::Blocks* blocks = photo.metadata.blocks();
    const bool isAlpha = !blocks || blocks->fourthChannel != FourthChannel::Unspecified;
    return target == FileFormat::Jpeg || !isAlpha;
}

/// True when the block cannot go where this format has its place.
bool losesExif(ByteView exif, FileFormat format)
{
    constexpr std::size_t mostInJpeg = 65'527;
    if (format == FileFormat::Jpeg)
        return exif.size() > mostInJpeg;
    if (format != FileFormat::Tiff || exif.empty())
        return false;
    try {
        const TiffStructure block(exif);
        return block.directory(block.firstDirectory()).empty();
    } catch (const Failure&) {
        return true;
    }
}

/// Where a photo goes whose own format is not written.
FileFormat substituteFor(const Photo& photo)
{
    if (photo.original.depth() == SampleDepth::U16)
        return FileFormat::Tiff;
    return photo.original.hasAlpha() ? FileFormat::Png : FileFormat::Jpeg;
}

void addMetadataLosses(std::vector<ExportLoss>& losses, const Photo& photo,
                       const ExportOptions& options)
{
    const Metadata::Blocks* all = photo.metadata.blocks();
    if (!all)
        return;
    const Reduction reduction = reduced(*all, options.metadata);
    const Metadata::Blocks& blocks = reduction.blocks;
    const bool hasIptc = !blocks.iptc.empty() || !blocks.photoshop.empty();
    if (hasIptc && options.format == FileFormat::WebP)
        losses.push_back(ExportLoss::Iptc);
    if (blocks.hasMorePictures)
        losses.push_back(ExportLoss::MultiPicture);
    if (blocks.hasComments && options.format != photo.format)
        losses.push_back(ExportLoss::Comment);
    if (reduction.losesPrivate)
        losses.push_back(ExportLoss::PrivateData);
    const bool losesXmp = options.statesProvenance && !canStateProvenance(blocks.xmp);
    if (reduction.losesUnreadable || blocks.hasUnreadable || losesXmp ||
        losesExif(blocks.exif, options.format))
        losses.push_back(ExportLoss::Unreadable);
}

Result<void> write(const Raster& pixels, const Photo& photo, const fs::path& target,
                   const ExportOptions& options)
{
    if (!photo.path.empty() && isSameFile(photo.path, target))
        throwFailure(ErrorCode::WouldOverwriteSource, "the target is the photo itself");
    if (const auto fits = checkSides(pixels.size(), options.format); !fits)
        throw Failure(fits.error());
    const Bytes file = encodePhoto(pixels, photo, options);
    // Asked again: encoding takes long enough for a link to change.
    if (!photo.path.empty() && isSameFile(photo.path, target))
        throwFailure(ErrorCode::WouldOverwriteSource, "the target is the photo itself");
    return writeFileAtomically(target, std::as_bytes(std::span(file)));
}

} // namespace

ExportOptions defaultExportOptions(const Photo& photo)
{
    const bool isWritten = photo.format != FileFormat::Heic && photo.format != FileFormat::Avif;
    return {.format = isWritten ? photo.format : substituteFor(photo),
            .quality = 95,
            .depth = photo.original.depth()};
}

std::vector<ExportLoss> foreseeLosses(const Photo& photo, const ExportOptions& options)
{
    std::vector<ExportLoss> losses;
    const bool keepsDepth = holdsDeepSamples(options.format) && options.depth == SampleDepth::U16;
    if (photo.original.depth() == SampleDepth::U16 && !keepsDepth)
        losses.push_back(ExportLoss::BitDepth);
    if (losesAlpha(photo, options.format))
        losses.push_back(ExportLoss::Alpha);
    addMetadataLosses(losses, photo, options);
    return losses;
}

std::optional<int> longestSide(FileFormat format)
{
    switch (format) {
    case FileFormat::Jpeg: return 65'500; // libjpeg's limit, a little below the format's own
    case FileFormat::WebP: return 16'383;
    case FileFormat::Png:
    case FileFormat::Tiff:
    case FileFormat::Heic:
    case FileFormat::Avif: return std::nullopt;
    }
    return std::nullopt;
}

Result<void> checkSides(Size size, FileFormat format)
{
    const int side = std::max(size.width, size.height);
    const auto longest = longestSide(format);
    if (!longest || side <= *longest)
        return {};
    const std::string name = format == FileFormat::WebP ? "WebP" : "JPEG";
    const bool fitsJpeg = side <= longestSide(FileFormat::Jpeg);
    return fail(ErrorCode::InvalidRequest, name + " holds at most " + std::to_string(*longest) +
                                               " pixels per side; choose " +
                                               (fitsJpeg ? ".png, .tif or .jpg" : ".png or .tif"));
}

fs::path proposeTarget(const fs::path& source, FileFormat format)
{
    const std::string extension = extensionFor(source, format);
    for (int counter = 1;; ++counter) {
        const std::string number = counter == 1 ? "" : "-" + std::to_string(counter);
        const std::string ending = "-limpid" + number + extension;
        const std::string stem = shortened(source.stem().string(), maxNameBytes - ending.size());
        const fs::path target = source.parent_path() / (stem + ending);
        std::error_code error;
        // A dangling link occupies the name too; a folder that cannot be read is the writer's news.
        if (!fs::exists(fs::symlink_status(target, error)))
            return target;
    }
}

std::string extensionFor(const fs::path& source, FileFormat format)
{
    if (formatFromExtension(source) == format)
        return source.extension().string();
    const auto* found = std::find_if(extensions.begin(), extensions.end(),
                                     [format](const auto& item) { return item.format == format; });
    return std::string(found == extensions.end() ? extensions.front().text : found->text);
}

std::optional<FileFormat> formatFromExtension(const fs::path& path)
{
    const std::string extension = lowered(path.extension().string());
    for (const auto& [text, format] : extensions) {
        if (extension == text)
            return format;
    }
    return std::nullopt;
}

Result<void> writePhoto(const Raster& pixels, const Photo& photo, const fs::path& target,
                        const ExportOptions& options)
{
    assert(pixels.size() == photo.original.size() && !pixels.isEmpty());
    try {
        return write(pixels, photo, target, options);
    } catch (const Failure& failure) {
        return fail(failure.error().code, failure.error().detail, target);
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::OutOfMemory, "the encoded picture does not fit into memory", target);
    } catch (const std::exception& error) {
        return fail(ErrorCode::Internal, error.what(), target);
    }
}

} // namespace limpid::image
