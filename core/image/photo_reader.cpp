// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/photo_reader.h"

#include "core/image/color_profile.h"
#include "core/image/file_access.h"
#include "core/image/metadata_blocks.h"
#include "core/image/photo_decoder.h"
#include "core/image/photo_header.h"
#include "core/image/photo_writer.h"

#include <opencv2/core.hpp>

#include <algorithm>
#include <array>
#include <new>

namespace limpid::image {

namespace {

/// More than any uncompressed RGBA file with 16 bits and generous metadata.
std::int64_t maxFileBytes(const ReadLimits& limits)
{
    constexpr std::int64_t metadata = 256LL << 20;
    return limits.maxPixels * 8 + metadata;
}

Photo decodePhoto(const Bytes& file, const std::filesystem::path& path, const ReadLimits& limits)
{
    const PhotoHeader header = parseHeader(file, limits);
    Photo photo;
    photo.path = path;
    photo.format = header.format;
    photo.metadata = readMetadata(file, header.format, limits);
    photo.original = decodeUpright(file, header, photo.metadata.orientation());
    photo.image = ColorProfile::fromIcc(photo.metadata.iccProfile(), photo.original.channels())
                      .toWorking(photo.original);
    return photo;
}

/// The edge of the folder: whatever is thrown behind it becomes a value that names the file.
template<class Work>
auto guarded(const std::filesystem::path& path, Work work) -> Result<decltype(work())>
{
    try {
        return work();
    } catch (const Failure& failure) {
        return fail(failure.error().code, failure.error().detail, path);
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::OutOfMemory, "the picture does not fit into memory", path);
    } catch (const cv::Exception& error) {
        return fail(ErrorCode::DamagedFile, error.err, path);
    } catch (const std::exception& error) {
        return fail(ErrorCode::Internal, error.what(), path);
    }
}

} // namespace

std::optional<FileFormat> readableFormat(const std::filesystem::path& path)
{
    if (const auto written = formatFromExtension(path))
        return written;
    std::string extension = path.extension().string();
    std::ranges::transform(extension, extension.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    constexpr std::array heif{".heic", ".heif", ".hif"};
    if (std::ranges::find(heif, extension) != heif.end())
        return FileFormat::Heic;
    return extension == ".avif" ? std::optional(FileFormat::Avif) : std::nullopt;
}

Result<PhotoHeader> inspectPhoto(const std::filesystem::path& path, const ReadLimits& limits)
{
    return guarded(path, [&] { return parseHeader(readFile(path, maxFileBytes(limits)), limits); });
}

Result<Photo> readPhoto(const std::filesystem::path& path, const ReadLimits& limits)
{
    return guarded(path,
                   [&] { return decodePhoto(readFile(path, maxFileBytes(limits)), path, limits); });
}

} // namespace limpid::image
