// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/photo_decoder.h"

#include "core/image/heif_decoder.h"
#include "core/image/mat_view.h"
#include "core/image/tiff_container.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <new>

namespace limpid::image {

namespace {

cv::Mat decode(ByteView file)
{
    auto* bytes = const_cast<std::uint8_t*>(file.data()); // cv::Mat has no const form
    const cv::Mat stream(1, static_cast<int>(file.size()), CV_8U, bytes);
    try {
        return cv::imdecode(stream, cv::IMREAD_UNCHANGED);
    } catch (const cv::Exception& error) {
        if (error.code == cv::Error::StsNoMem)
            throw std::bad_alloc();
        throwFailure(ErrorCode::DamagedFile, error.err);
    }
}

/// OpenCV's BGR(A) in the raster's order. PNG's gray with alpha arrives as four channels.
cv::Mat inRasterOrder(const cv::Mat& decoded, int channels)
{
    cv::Mat ordered;
    if (decoded.channels() == 3) {
        cv::cvtColor(decoded, ordered, cv::COLOR_BGR2RGB);
    } else if (decoded.channels() == 4 && channels == 2) {
        ordered.create(decoded.size(), CV_MAKETYPE(decoded.depth(), 2));
        cv::mixChannels(decoded, ordered, {0, 0, 3, 1});
    } else if (decoded.channels() == 4) {
        cv::cvtColor(decoded, ordered, cv::COLOR_BGRA2RGBA);
    } else {
        return decoded;
    }
    return ordered;
}

/// EXIF: 2 mirrored, 3 upside down, 4 both, 5…8 the same four with rows and columns exchanged.
cv::Mat upright(const cv::Mat& stored, int orientation)
{
    constexpr int horizontally = 1;
    constexpr int vertically = 0;
    constexpr int both = -1;
    cv::Mat turned = stored;
    if (orientation >= 5)
        cv::transpose(stored, turned);
    cv::Mat result;
    switch (orientation) {
    case 2:
    case 6: cv::flip(turned, result, horizontally); return result;
    case 3:
    case 7: cv::flip(turned, result, both); return result;
    case 4:
    case 8: cv::flip(turned, result, vertically); return result;
    default: return turned;
    }
}

void checkDecoded(const cv::Mat& decoded, const PhotoHeader& header)
{
    if (decoded.empty())
        throwFailure(ErrorCode::DamagedFile, "the pixels cannot be decoded");
    if (decoded.cols != header.size.width || decoded.rows != header.size.height)
        throwFailure(ErrorCode::DamagedFile, "the pixels do not have the size in the header");
    const int depth = header.depth == SampleDepth::U16 ? CV_16U : CV_8U;
    if (decoded.depth() != depth || decoded.channels() == 2 || decoded.channels() > 4)
        throwFailure(ErrorCode::DamagedFile, "the pixels are not what the header says");
}

} // namespace

Raster decodeUpright(ByteView file, const PhotoHeader& header, int orientation)
{
    // These say by themselves how they are to be turned, and EXIF says it only once more.
    if (header.format == FileFormat::Heic || header.format == FileFormat::Avif)
        return decodeHeif(file, header);
    if (file.size() > INT32_MAX)
        throwFailure(ErrorCode::PictureTooLarge, "the file has more than 2 GB");
    // OpenCV turns TIFF by itself, the other formats not: so no format is turned by it.
    const cv::Mat decoded =
        header.format == FileFormat::Tiff ? decode(neutralTiff(file)) : decode(file);
    checkDecoded(decoded, header);
    return rasterOf(upright(inRasterOrder(decoded, header.channels), orientation));
}

} // namespace limpid::image
