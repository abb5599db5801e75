// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/raster_convert.h"

#include "core/image/color_profile.h"
#include "core/image/mat_view.h"

#include <opencv2/core.hpp>

#include <algorithm>
#include <cassert>
#include <cstring>
#include <limits>

namespace limpid::image {

namespace {

template<class From, class To, class Convert>
Bytes convertSamples(ByteView samples, Convert convert)
{
    Bytes converted(samples.size() / sizeof(From) * sizeof(To));
    for (std::size_t i = 0; i < samples.size() / sizeof(From); ++i) {
        From value = 0;
        std::memcpy(&value, samples.data() + i * sizeof(From), sizeof value);
        const To result = convert(value);
        std::memcpy(converted.data() + i * sizeof(To), &result, sizeof result);
    }
    return converted;
}

/// RGBA; rounds to the nearest. A color above its alpha cannot be: it is cut to white.
template<class Sample>
Bytes dividedByAlpha(ByteView bytes)
{
    constexpr std::uint32_t white = std::numeric_limits<Sample>::max();
    std::vector<Sample> samples(bytes.size() / sizeof(Sample));
    std::memcpy(samples.data(), bytes.data(), bytes.size());
    for (std::size_t pixel = 0; pixel < samples.size(); pixel += 4) {
        const std::uint32_t alpha = samples[pixel + 3];
        for (std::size_t i = pixel; alpha > 0 && i < pixel + 3; ++i) {
            const std::uint32_t color = (std::uint32_t{samples[i]} * white + alpha / 2) / alpha;
            samples[i] = static_cast<Sample>(std::min(color, white));
        }
    }
    Bytes divided(bytes.size());
    std::memcpy(divided.data(), samples.data(), divided.size());
    return divided;
}

} // namespace

Raster withDepth(const Raster& raster, SampleDepth depth)
{
    if (raster.depth() == depth)
        return raster;
    Bytes samples =
        depth == SampleDepth::U8
            ? convertSamples<std::uint16_t, std::uint8_t>(
                  raster.bytes(),
                  [](int value) { return static_cast<std::uint8_t>((value + 128) / 257); })
            : convertSamples<std::uint8_t, std::uint16_t>(raster.bytes(), [](int value) {
                  return static_cast<std::uint16_t>(value * 257);
              });
    return {raster.size(), raster.channels(), depth, std::move(samples)};
}

Raster withoutAlpha(const Raster& raster)
{
    if (!raster.hasAlpha())
        return raster;
    const cv::Mat view = matView(raster);
    cv::Mat opaque(view.size(), CV_MAKETYPE(view.depth(), view.channels() - 1));
    if (raster.channels() == 2)
        cv::mixChannels(view, opaque, {0, 0});
    else
        cv::mixChannels(view, opaque, {0, 0, 1, 1, 2, 2});
    return rasterOf(opaque);
}

Raster withStraightAlpha(const Raster& premultiplied)
{
    assert(premultiplied.channels() == 4);
    Bytes samples = premultiplied.depth() == SampleDepth::U8
                        ? dividedByAlpha<std::uint8_t>(premultiplied.bytes())
                        : dividedByAlpha<std::uint16_t>(premultiplied.bytes());
    return {premultiplied.size(), 4, premultiplied.depth(), std::move(samples)};
}

Raster grayAsRgb(const Raster& raster, ByteView icc)
{
    assert(raster.channels() <= 2);
    const Image image = ColorProfile::fromIcc(icc, raster.channels()).toWorking(raster);
    const cv::Mat view = matView(raster);
    const double white = raster.depth() == SampleDepth::U16 ? 65535.0 : 255.0;
    cv::Mat rgb;
    matView(image).convertTo(rgb, view.depth(), white);
    if (!raster.hasAlpha())
        return rasterOf(rgb);
    cv::Mat rgba(rgb.size(), CV_MAKETYPE(rgb.depth(), 4));
    cv::mixChannels(std::vector<cv::Mat>{rgb, view}, rgba, {0, 0, 1, 1, 2, 2, 4, 3});
    return rasterOf(rgba);
}

} // namespace limpid::image
