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

Profile profileOf(const RgbSpace& space)
{
    // sRGB's curve as lcms2's parametric type 4: gamma, a, b, c, d.
    constexpr std::array<double, 5> srgb{2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.04045};
    const auto point = [](const std::array<double, 2>& xy) {
        return cmsCIExyY{xy[0], xy[1], 1.0};
    };
    const cmsCIExyY white = point(space.white);
    const cmsCIExyYTRIPLE primaries{point(space.red), point(space.green), point(space.blue)};
    const std::unique_ptr<cmsToneCurve, decltype(&cmsFreeToneCurve)> curve(
        space.gamma > 0.0 ? cmsBuildGamma(nullptr, space.gamma)
                          : cmsBuildParametricToneCurve(nullptr, 4, srgb.data()),
        &cmsFreeToneCurve);
    const std::array<cmsToneCurve*, 3> curves{curve.get(), curve.get(), curve.get()};
    return {cmsCreateRGBProfile(&white, &primaries, curves.data()), &cmsCloseProfile};
}

/// sRGB's primaries without its curve. lcms2's own curve is too steep below zero, so ours is used.
Profile makeLinearSrgb()
{
    return profileOf({.name = {},
                      .red = {0.64, 0.33},
                      .green = {0.30, 0.60},
                      .blue = {0.15, 0.06},
                      .white = {0.3127, 0.3290},
                      .gamma = 1.0});
}

/// The description, as programs show it, in place of lcms2's own.
bool setName(const Profile& profile, const std::string& name)
{
    const std::unique_ptr<cmsMLU, decltype(&cmsMLUfree)> text(cmsMLUalloc(nullptr, 1), &cmsMLUfree);
    return text && cmsMLUsetASCII(text.get(), "en", "US", name.c_str()) != 0 &&
           cmsWriteTag(profile.get(), cmsSigProfileDescriptionTag, text.get()) != 0;
}

} // namespace

std::vector<std::uint8_t> makeRgbProfile(const RgbSpace& space)
{
    constexpr std::size_t dateOffset = 24;
    constexpr std::size_t dateBytes = 12;
    const Profile profile = profileOf(space);
    cmsUInt32Number length = 0;
    if (!profile || !setName(profile, space.name) ||
        cmsSaveProfileToMem(profile.get(), nullptr, &length) == 0)
        return {};
    std::vector<std::uint8_t> icc(length);
    if (cmsSaveProfileToMem(profile.get(), icc.data(), &length) == 0)
        return {};
    std::fill_n(icc.begin() + dateOffset, dateBytes, std::uint8_t{0});
    return icc;
}

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
