// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"
#include "core/image/raster.h"

#include <opencv2/core/mat.hpp>

namespace limpid::image {

/// OpenCV's view of the same pixels, not a copy: valid while `image` lives, and never the target of
/// an operation, which would change a picture that others share.
inline cv::Mat matView(const Image& image)
{
    // cv::Mat has no const form.
    auto* pixels = const_cast<float*>(image.pixels().data());
    return {image.size().height, image.size().width, CV_32FC3, pixels};
}

/// As above. The channels stay in the raster's order: RGB, not OpenCV's BGR.
inline cv::Mat matView(const Raster& raster)
{
    auto* bytes = const_cast<std::uint8_t*>(raster.bytes().data());
    const int depth = raster.depth() == SampleDepth::U16 ? CV_16U : CV_8U;
    return {raster.size().height, raster.size().width, CV_MAKETYPE(depth, raster.channels()),
            bytes};
}

/// A raster with a copy of these samples, 8 or 16 bit.
inline Raster rasterOf(const cv::Mat& mat)
{
    const cv::Mat solid = mat.isContinuous() ? mat : mat.clone();
    const std::size_t length = solid.total() * solid.elemSize();
    return {Size{solid.cols, solid.rows}, solid.channels(),
            solid.depth() == CV_16U ? SampleDepth::U16 : SampleDepth::U8,
            std::vector<std::uint8_t>(solid.data, solid.data + length)};
}

} // namespace limpid::image
