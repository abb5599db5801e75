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

std::size_t valuesIn(int width)
{
    return static_cast<std::size_t>(width) * rgb;
}

std::span<const float> rowOf(const image::Image& picture, int y, int from, int width)
{
    return picture.row(y).subspan(valuesIn(from), valuesIn(width));
}

/// Where a layer can change anything.
Rect reachOf(const Layer& layer, Size picture)
{
    assert(layer.patch.area.size() == layer.patch.pixels.size());
    const Rect area = layer.patch.area.intersected(wholeOf(picture));
    return layer.mask == nullptr ? area : area.intersected(layer.mask->bounds);
}

/// The coverage of the pixels from … from + width - 1 of a row; null: 1 everywhere.
const float* coverageOf(const Mask* mask, int y, int from)
{
    if (mask == nullptr)
        return nullptr;
    return mask->coverage.data() +
           static_cast<std::size_t>(mask->bounds.width) *
               static_cast<std::size_t>(y - mask->bounds.y) +
           static_cast<std::size_t>(from - mask->bounds.x);
}

/// Lays the layer into a row of the picture that begins at `begin`; exact at both ends.
void lay(const Layer& layer, float strength, Point begin, std::span<float> row)
{
    const Rect line{begin.x, begin.y, static_cast<int>(row.size() / rgb), 1};
    Rect part = line.intersected(layer.patch.area);
    if (layer.mask != nullptr)
        part = part.intersected(layer.mask->bounds);
    if (part.isEmpty())
        return;
    const auto patch = rowOf(layer.patch.pixels, begin.y - layer.patch.area.y,
                             part.x - layer.patch.area.x, part.width);
    const float* coverage = coverageOf(layer.mask.get(), begin.y, part.x);
    const auto target = row.subspan(valuesIn(part.x - begin.x), patch.size());
    for (std::size_t i = 0; i < patch.size(); ++i) {
        const float share = strength * (coverage == nullptr ? 1.0F : coverage[i / rgb]);
        target[i] = share >= 1.0F ? patch[i] : target[i] + share * (patch[i] - target[i]);
    }
}

/// A row of the picture with all layers laid in.
class BlendRow {
public:
    BlendRow(const image::Image& original, const std::vector<Layer>& layers, float strength,
             const Rect& area)
        : original_(original), layers_(layers), strength_(strength), area_(area),
          values_(valuesIn(area.width))
    {}

    void moveTo(int y)
    {
        before_ = rowOf(original_, y, area_.x, area_.width);
        std::copy(before_.begin(), before_.end(), values_.begin());
        for (const Layer& layer : layers_)
            lay(layer, strength_, {area_.x, y}, values_);
    }

    std::size_t width() const { return static_cast<std::size_t>(area_.width); }
    std::span<const float> original() const { return before_; }
    std::span<const float> blended() const { return values_; }

    bool changes(std::size_t pixel) const
    {
        return !std::equal(before_.begin() + static_cast<std::ptrdiff_t>(pixel * rgb),
                           before_.begin() + static_cast<std::ptrdiff_t>((pixel + 1) * rgb),
                           values_.begin() + static_cast<std::ptrdiff_t>(pixel * rgb));
    }

private:
    const image::Image& original_;
    const std::vector<Layer>& layers_;
    float strength_;
    Rect area_;
    std::span<const float> before_;
    std::vector<float> values_;
};

/// Adds the change of one row to the file's samples.
class SampleRow {
public:
    SampleRow(const image::Raster& raster, const image::ColorProfile& profile, int width)
        : channels_(static_cast<std::size_t>(raster.channels())),
          colors_(channels_ - (raster.hasAlpha() ? 1 : 0)),
          sampleBytes_(raster.depth() == image::SampleDepth::U16 ? 2 : 1), profile_(profile),
          before_(static_cast<std::size_t>(width) * colors_), after_(before_.size())
    {}

    std::size_t bytesPerPixel() const { return channels_ * sampleBytes_; }

    /// `samples` points at the first pixel of the row.
    void add(const BlendRow& row, std::uint8_t* samples)
    {
        bool any = false;
        for (std::size_t pixel = 0; pixel < row.width() && !any; ++pixel)
            any = row.changes(pixel);
        if (!any)
            return;
        profile_.fromWorking(row.original(), before_);
        profile_.fromWorking(row.blended(), after_);
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
    std::vector<float> before_;
    std::vector<float> after_;
};

} // namespace

std::vector<Rect> touchedAreas(const std::vector<Layer>& layers, Size picture)
{
    std::vector<Rect> areas;
    for (const Layer& layer : layers) {
        Rect grown = reachOf(layer, picture);
        if (grown.isEmpty())
            continue;
        // What it overlaps joins it, and then it may overlap more.
        const auto overlaps = [&](const Rect& area) {
            return !area.intersected(grown).isEmpty();
        };
        for (auto met = std::ranges::find_if(areas, overlaps); met != areas.end();
             met = std::ranges::find_if(areas, overlaps)) {
            grown = grown.united(*met);
            areas.erase(met);
        }
        areas.push_back(grown);
    }
    return areas;
}

Patch blended(const image::Image& original, const std::vector<Layer>& layers, float strength,
              const Rect& area)
{
    std::vector<float> pixels;
    pixels.reserve(valuesIn(area.width) * static_cast<std::size_t>(area.height));
    BlendRow row(original, layers, strength, area);
    for (int y = area.y; y < area.bottom(); ++y) {
        row.moveTo(y);
        pixels.insert(pixels.end(), row.blended().begin(), row.blended().end());
    }
    return {area, image::Image(area.size(), std::move(pixels))};
}

image::Raster compositeSamples(const image::Photo& photo, const std::vector<Layer>& layers,
                               float strength)
{
    const image::Raster& source = photo.original;
    const auto areas = touchedAreas(layers, photo.size());
    if (areas.empty() || strength <= 0.0F)
        return source;
    const auto profile =
        image::ColorProfile::fromIcc(photo.metadata.iccProfile(), source.channels());
    std::vector<std::uint8_t> bytes(source.bytes().begin(), source.bytes().end());
    for (const Rect& area : areas) {
        SampleRow samples(source, profile, area.width);
        BlendRow row(photo.image, layers, strength, area);
        for (int y = area.y; y < area.bottom(); ++y) {
            row.moveTo(y);
            samples.add(row, bytes.data() + static_cast<std::size_t>(y) * source.bytesPerRow() +
                                 static_cast<std::size_t>(area.x) * samples.bytesPerPixel());
        }
    }
    return image::Raster(source.size(), source.channels(), source.depth(), std::move(bytes));
}

} // namespace limpid::region
