// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/color_profile.h"

#include "core/image/additive_table.h"
#include "core/image/icc_header.h"
#include "core/image/srgb_curve.h"

#include <lcms2.h>

#include <opencv2/core/utility.hpp>

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstring>
#include <functional>
#include <limits>

namespace limpid::image {

namespace {

using Profile = std::unique_ptr<void, decltype(&cmsCloseProfile)>;
using Transform = std::unique_ptr<void, decltype(&cmsDeleteTransform)>;

constexpr std::array<float, 3> lumaWeights{0.2126F, 0.7152F, 0.0722F};

/// The file's color as floats, one row at a time: `colors` has 1 or 3 values per pixel.
template<class Sample>
void unpackSamples(const std::uint8_t* source, int channels, std::span<float> colors)
{
    constexpr auto white = static_cast<float>(std::numeric_limits<Sample>::max());
    const int colorChannels = channels >= 3 ? 3 : 1;
    const std::size_t pixels = colors.size() / static_cast<std::size_t>(colorChannels);
    std::size_t out = 0;
    for (std::size_t x = 0; x < pixels; ++x) {
        for (int c = 0; c < colorChannels; ++c) {
            Sample value = 0;
            std::memcpy(&value,
                        source +
                            (x * static_cast<std::size_t>(channels) + static_cast<std::size_t>(c)) *
                                sizeof(Sample),
                        sizeof value);
            colors[out++] = static_cast<float>(value) / white;
        }
    }
}

void unpackRow(const Raster& raster, int y, std::span<float> colors)
{
    const std::uint8_t* row =
        raster.bytes().data() + raster.bytesPerRow() * static_cast<std::size_t>(y);
    if (raster.depth() == SampleDepth::U16)
        unpackSamples<std::uint16_t>(row, raster.channels(), colors);
    else
        unpackSamples<std::uint8_t>(row, raster.channels(), colors);
}

Transform makeTransform(const Profile& from, cmsUInt32Number fromType, const Profile& to,
                        cmsUInt32Number toType)
{
    // NOOPTIMIZE keeps floats unbounded; NOCACHE makes one transform usable by many threads.
    return {cmsCreateTransform(from.get(), fromType, to.get(), toType, INTENT_RELATIVE_COLORIMETRIC,
                               cmsFLAGS_NOOPTIMIZE | cmsFLAGS_NOCACHE),
            &cmsDeleteTransform};
}

/// sRGB's primaries without its curve. lcms2's own curve is too steep below zero, so ours is used.
Profile makeLinearSrgb()
{
    const cmsCIExyY white{0.3127, 0.3290, 1.0};
    const cmsCIExyYTRIPLE primaries{{0.64, 0.33, 1.0}, {0.30, 0.60, 1.0}, {0.15, 0.06, 1.0}};
    const std::unique_ptr<cmsToneCurve, decltype(&cmsFreeToneCurve)> straight(
        cmsBuildGamma(nullptr, 1.0), &cmsFreeToneCurve);
    const std::array<cmsToneCurve*, 3> curves{straight.get(), straight.get(), straight.get()};
    return {cmsCreateRGBProfile(&white, &primaries, curves.data()), &cmsCloseProfile};
}

} // namespace

struct ColorProfile::Transforms {
    int colorChannels = 3;
    /// Between the file's space and linear sRGB. Both null: the file's space is taken as sRGB.
    Transform toLinear{nullptr, &cmsDeleteTransform};
    Transform fromLinear{nullptr, &cmsDeleteTransform};

    SrgbEncoder encode;

    /// A short cut for big pictures; none when they are small or the profile is no matrix.
    std::optional<AdditiveTable> tableFor(const Raster& raster) const
    {
        constexpr std::int64_t worthwhile = 1'000'000;
        if (!toLinear || colorChannels != 3 || raster.size().area() < worthwhile)
            return std::nullopt;
        const auto ask = [this](std::span<const float> colors, std::span<float> linear) {
            cmsDoTransform(toLinear.get(), colors.data(), linear.data(),
                           static_cast<cmsUInt32Number>(colors.size() / 3));
        };
        return AdditiveTable::of(ask, raster.depth());
    }

    void rowToWorking(std::span<const float> colors, float* out) const
    {
        const std::size_t width = colors.size() / static_cast<std::size_t>(colorChannels);
        if (toLinear) {
            cmsDoTransform(toLinear.get(), colors.data(), out, static_cast<cmsUInt32Number>(width));
            std::transform(out, out + 3 * width, out, std::cref(encode));
        } else if (colorChannels == 3) {
            std::copy(colors.begin(), colors.end(), out);
        } else {
            for (std::size_t x = 0; x < width; ++x)
                std::fill_n(out + 3 * x, 3, colors[x]);
        }
    }

    /// True when no color changes by more than a third of an 8-bit step. Most embedded profiles are
    /// sRGB, and each writes its curve a little differently.
    bool isNearlyIdentity() const
    {
        constexpr int steps = 16;
        constexpr float tolerance = 0.3F / 255.0F;
        std::vector<float> colors;
        for (int i = 0; i < steps * steps * steps; ++i) {
            for (const int level : {i % steps, i / steps % steps, i / steps / steps})
                colors.push_back(static_cast<float>(level) / (steps - 1));
        }
        std::vector<float> converted(colors.size());
        rowToWorking(colors, converted.data());
        return std::equal(colors.begin(), colors.end(), converted.begin(),
                          [](float a, float b) { return std::abs(a - b) <= tolerance; });
    }
};

ColorProfile::ColorProfile(std::unique_ptr<Transforms> transforms)
    : transforms_(std::move(transforms))
{}

ColorProfile::~ColorProfile() = default;
ColorProfile::ColorProfile(ColorProfile&&) noexcept = default;
ColorProfile& ColorProfile::operator=(ColorProfile&&) noexcept = default;

ColorProfile ColorProfile::fromIcc(std::span<const std::uint8_t> icc, int channels)
{
    auto transforms = std::make_unique<Transforms>();
    transforms->colorChannels = channels >= 3 ? 3 : 1;
    if (!profileFits(icc, channels) || icc.size() > std::numeric_limits<std::uint32_t>::max())
        return ColorProfile(std::move(transforms));

    const Profile file(cmsOpenProfileFromMem(icc.data(), static_cast<cmsUInt32Number>(icc.size())),
                       &cmsCloseProfile);
    const Profile linear = makeLinearSrgb();
    if (!file || !linear)
        return ColorProfile(std::move(transforms));
    const cmsUInt32Number fileType = channels >= 3 ? TYPE_RGB_FLT : TYPE_GRAY_FLT;
    transforms->toLinear = makeTransform(file, fileType, linear, TYPE_RGB_FLT);
    transforms->fromLinear = makeTransform(linear, TYPE_RGB_FLT, file, fileType);
    // A profile that works in one direction only could not be written back.
    const bool isUsable = transforms->toLinear && transforms->fromLinear;
    if (!isUsable || (channels >= 3 && transforms->isNearlyIdentity())) {
        transforms->toLinear.reset();
        transforms->fromLinear.reset();
    }
    return ColorProfile(std::move(transforms));
}

Image ColorProfile::toWorking(const Raster& raster) const
{
    assert((raster.channels() >= 3 ? 3 : 1) == transforms_->colorChannels);
    const auto width = static_cast<std::size_t>(raster.size().width);
    const std::size_t stride = 3 * width;
    std::vector<float> pixels(stride * static_cast<std::size_t>(raster.size().height));
    const std::optional<AdditiveTable> table = transforms_->tableFor(raster);

    cv::parallel_for_(cv::Range(0, raster.size().height), [&](const cv::Range& rows) {
        std::vector<float> colors(width * static_cast<std::size_t>(transforms_->colorChannels));
        for (int y = rows.start; y < rows.end; ++y) {
            float* out = pixels.data() + stride * static_cast<std::size_t>(y);
            if (table) {
                table->linearRow(raster, y, {out, stride});
                std::transform(out, out + stride, out, std::cref(transforms_->encode));
            } else {
                unpackRow(raster, y, colors);
                transforms_->rowToWorking(colors, out);
            }
        }
    });
    return {raster.size(), std::move(pixels)};
}

void ColorProfile::fromWorking(std::span<const float> working, std::span<float> samples) const
{
    const std::size_t width = working.size() / 3;
    assert(samples.size() == width * static_cast<std::size_t>(transforms_->colorChannels));
    if (transforms_->fromLinear) {
        std::vector<float> linear(working.size());
        std::transform(working.begin(), working.end(), linear.begin(), decodedSrgb);
        cmsDoTransform(transforms_->fromLinear.get(), linear.data(), samples.data(),
                       static_cast<cmsUInt32Number>(width));
    } else if (transforms_->colorChannels == 3) {
        std::copy(working.begin(), working.end(), samples.begin());
    } else {
        for (std::size_t x = 0; x < width; ++x)
            samples[x] = lumaWeights[0] * working[3 * x] + lumaWeights[1] * working[3 * x + 1] +
                         lumaWeights[2] * working[3 * x + 2];
    }
    for (float& sample : samples)
        sample = std::clamp(sample, 0.0F, 1.0F);
}

} // namespace limpid::image
