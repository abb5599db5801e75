// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/region/blend.h"

#include "core/image/color_profile.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>
#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace limpid::region {

namespace {

constexpr std::size_t rgb = 3; // Values per working-space pixel.

/// The part of one row that may change, and the three sources of the change.
struct BlendRow {
    std::span<const float> original; ///< rgb · width values each.
    std::span<const float> patch;
    std::span<const float> coverage; ///< width values.
    float strength = 1.0F;

    std::size_t width() const { return coverage.size(); }

    bool changes(std::size_t pixel) const
    {
        const auto same = [&](std::size_t c) {
            return original[pixel * rgb + c] == patch[pixel * rgb + c];
        };
        return coverage[pixel] * strength > 0.0F && !(same(0) && same(1) && same(2));
    }

    /// original + coverage · strength · (patch − original); exact at both ends.
    float value(std::size_t pixel, std::size_t channel) const
    {
        const std::size_t i = pixel * rgb + channel;
        const float share = coverage[pixel] * strength;
        return share >= 1.0F ? patch[i] : original[i] + share * (patch[i] - original[i]);
    }
};

/// Where anything can change: inside picture, patch and mask.
Rect changedArea(Size picture, const Patch& patch, const Mask& mask)
{
    assert(patch.area.size() == patch.pixels.size());
    return wholeOf(picture).intersected(patch.area).intersected(mask.bounds);
}

std::span<const float> part(std::span<const float> row, int begin, const Rect& area)
{
    return row.subspan(static_cast<std::size_t>(area.x - begin) * rgb,
                       static_cast<std::size_t>(area.width) * rgb);
}

BlendRow rowAt(int y, const Rect& area, const image::Image& original, const Patch& patch,
               const Mask& mask)
{
    const auto skipped = static_cast<std::size_t>(mask.bounds.size().width) *
                             static_cast<std::size_t>(y - mask.bounds.y) +
                         static_cast<std::size_t>(area.x - mask.bounds.x);
    return {.original = part(original.row(y), 0, area),
            .patch = part(patch.pixels.row(y - patch.area.y), patch.area.x, area),
            .coverage =
                std::span(mask.coverage).subspan(skipped, static_cast<std::size_t>(area.width))};
}

/// Adds the change of one row to the file's samples.
class SampleRow {
public:
    SampleRow(const image::Raster& raster, const image::ColorProfile& profile, int width)
        : channels_(static_cast<std::size_t>(raster.channels())),
          colors_(channels_ - (raster.hasAlpha() ? 1 : 0)),
          sampleBytes_(raster.depth() == image::SampleDepth::U16 ? 2 : 1), profile_(profile),
          blended_(static_cast<std::size_t>(width) * rgb),
          before_(static_cast<std::size_t>(width) * colors_), after_(before_.size())
    {}

    std::size_t bytesPerPixel() const { return channels_ * sampleBytes_; }

    /// `samples` points at the first pixel of the row.
    void add(const BlendRow& row, std::uint8_t* samples)
    {
        bool any = false;
        for (std::size_t pixel = 0; pixel < row.width(); ++pixel) {
            any = any || row.changes(pixel);
            for (std::size_t c = 0; c < rgb; ++c)
                blended_[pixel * rgb + c] = row.value(pixel, c);
        }
        if (!any)
            return;
        profile_.fromWorking(row.original, before_);
        profile_.fromWorking(blended_, after_);
        for (std::size_t pixel = 0; pixel < row.width(); ++pixel) {
            if (row.changes(pixel))
                addPixel(pixel, samples + pixel * bytesPerPixel());
        }
    }

private:
    void addPixel(std::size_t pixel, std::uint8_t* sample) const
    {
        for (std::size_t c = 0; c < colors_; ++c, sample += sampleBytes_) {
            const std::size_t i = pixel * colors_ + c;
            if (sampleBytes_ == 2)
                addTo<std::uint16_t>(sample, after_[i] - before_[i]);
            else
                addTo<std::uint8_t>(sample, after_[i] - before_[i]);
        }
    }

    /// 16-bit samples need not be aligned in the raster's bytes.
    template<class Sample>
    static void addTo(std::uint8_t* where, float change)
    {
        constexpr int most = std::numeric_limits<Sample>::max();
        Sample value = 0;
        std::memcpy(&value, where, sizeof value);
        const auto sum = static_cast<float>(value) + std::round(change * static_cast<float>(most));
        value = static_cast<Sample>(std::clamp(sum, 0.0F, static_cast<float>(most)));
        std::memcpy(where, &value, sizeof value);
    }

    std::size_t channels_;
    std::size_t colors_;
    std::size_t sampleBytes_;
    const image::ColorProfile& profile_;
    std::vector<float> blended_;
    std::vector<float> before_;
    std::vector<float> after_;
};

} // namespace

image::Image composite(const image::Image& original, const Patch& patch, const Mask& mask,
                       float strength)
{
    const Rect area = changedArea(original.size(), patch, mask);
    if (area.isEmpty() || strength <= 0.0F)
        return original;
    const auto width = static_cast<std::size_t>(original.size().width);
    std::vector<float> pixels(original.pixels().begin(), original.pixels().end());
    for (int y = area.y; y < area.bottom(); ++y) {
        BlendRow row = rowAt(y, area, original, patch, mask);
        row.strength = strength;
        float* target =
            pixels.data() +
            (static_cast<std::size_t>(y) * width + static_cast<std::size_t>(area.x)) * rgb;
        for (std::size_t i = 0; i < row.width() * rgb; ++i)
            target[i] = row.value(i / rgb, i % rgb);
    }
    return image::Image(original.size(), std::move(pixels));
}

image::Raster compositeSamples(const image::Photo& photo, const Patch& patch, const Mask& mask,
                               float strength)
{
    const image::Raster& source = photo.original;
    const Rect area = changedArea(photo.size(), patch, mask);
    if (area.isEmpty() || strength <= 0.0F)
        return source;
    const auto profile =
        image::ColorProfile::fromIcc(photo.metadata.iccProfile(), source.channels());
    std::vector<std::uint8_t> bytes(source.bytes().begin(), source.bytes().end());
    SampleRow samples(source, profile, area.width);
    for (int y = area.y; y < area.bottom(); ++y) {
        BlendRow row = rowAt(y, area, photo.image, patch, mask);
        row.strength = strength;
        samples.add(row, bytes.data() + static_cast<std::size_t>(y) * source.bytesPerRow() +
                             static_cast<std::size_t>(area.x) * samples.bytesPerPixel());
    }
    return image::Raster(source.size(), source.channels(), source.depth(), std::move(bytes));
}

} // namespace limpid::region
