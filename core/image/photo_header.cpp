// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/photo_header.h"

#include "core/image/heif_container.h"
#include "core/image/heif_decoder.h"
#include "core/image/jpeg_container.h"
#include "core/image/png_container.h"
#include "core/image/tiff_container.h"
#include "core/image/webp_container.h"

namespace limpid::image {

using namespace std::string_view_literals;

FileFormat sniffFormat(ByteView file)
{
    if (file.empty())
        throwFailure(ErrorCode::DamagedFile, "the file is empty");
    if (startsWith(file, "\xFF\xD8\xFF"sv))
        return FileFormat::Jpeg;
    if (startsWith(file, png::signature))
        return FileFormat::Png;
    if (startsWith(file, "II*\0"sv) || startsWith(file, "MM\0*"sv))
        return FileFormat::Tiff;
    if (startsWith(file, "RIFF"sv) && file.size() >= 12 && startsWith(file.subspan(8), "WEBP"sv))
        return FileFormat::WebP;
    if (isHeif(file))
        return parseHeifStructure(file).codec == "av01" ? FileFormat::Avif : FileFormat::Heic;
    if (startsWith(file, "II+\0"sv) || startsWith(file, "MM\0+"sv))
        throwFailure(ErrorCode::UnsupportedFormat, "BigTIFF");
    throwFailure(ErrorCode::UnsupportedFormat,
                 "the contents are not JPEG, PNG, TIFF, WebP, HEIC or AVIF");
}

void checkSize(Size size, const ReadLimits& limits)
{
    if (size.isEmpty())
        throwFailure(ErrorCode::DamagedFile, "the picture has no pixels");
    if (size.area() > limits.maxPixels)
        throwFailure(ErrorCode::PictureTooLarge,
                     std::to_string(size.width) + " x " + std::to_string(size.height) +
                         " pixels; the limit is " + std::to_string(limits.maxPixels));
}

PhotoHeader parseHeader(ByteView file, const ReadLimits& limits)
{
    switch (sniffFormat(file)) {
    case FileFormat::Jpeg: return parseJpeg(file, limits).header;
    case FileFormat::Png: return parsePng(file, limits).header;
    case FileFormat::Tiff: return parseTiff(file, limits).header;
    case FileFormat::WebP: return parseWebP(file, limits).header;
    case FileFormat::Heic:
    case FileFormat::Avif: return parseHeif(file, limits).header;
    }
    throwFailure(ErrorCode::Internal, "unknown format");
}

} // namespace limpid::image
