// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/thumbnail.h"

#include "core/image/color_profile.h"
#include "core/image/mat_view.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace limpid::image {

namespace {

constexpr double longestEdge = 160.0; // what EXIF thumbnails have

Raster shrunk(const Raster& raster)
{
    const double scale =
        std::min(1.0, longestEdge / std::max(raster.size().width, raster.size().height));
    const cv::Size size(std::max(1, cvRound(raster.size().width * scale)),
                        std::max(1, cvRound(raster.size().height * scale)));
    cv::Mat small;
    cv::resize(matView(raster), small, size, 0.0, 0.0, cv::INTER_AREA);
    return rasterOf(small);
}

} // namespace

Bytes encodeThumbnail(const Raster& raster, ByteView icc, std::size_t maxBytes)
{
    const Raster small = shrunk(raster);
    const Image image = ColorProfile::fromIcc(icc, small.channels()).toWorking(small);
    cv::Mat pixels;
    matView(image).convertTo(pixels, CV_8U, 255.0);
    cv::cvtColor(pixels, pixels, cv::COLOR_RGB2BGR);
    for (const int quality : {90, 80, 65, 50, 35, 20}) {
        Bytes jpeg;
        cv::imencode(".jpg", pixels, jpeg, {cv::IMWRITE_JPEG_QUALITY, quality});
        if (jpeg.size() <= maxBytes)
            return jpeg;
    }
    return {};
}

} // namespace limpid::image
