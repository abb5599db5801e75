// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/view/invention_picture.h"

#include "core/image/invention.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace limpid::ui {

namespace {

constexpr std::size_t rgb = 3;
constexpr int surroundings = 64; // pixels: whole windows of the spectra around the layers
constexpr float faintest = 0.5F; // gray levels: below lies the noise of the measure itself
constexpr float strongest = 8.0F;
constexpr double mostCover = 0.9; // the detail itself must shine through
constexpr int steps = 256;

/// Amber for little, through red to violet: told apart by lightness, too.
const std::array<QColor, 3> ramp{QColor(255, 190, 40), QColor(235, 60, 40), QColor(150, 20, 140)};

Rect grown(const Rect& area, int by, Size picture)
{
    return Rect{area.x - by, area.y - by, area.width + 2 * by, area.height + 2 * by}.intersected(
        wholeOf(picture));
}

image::Image with(const image::Image& picture, const region::Patch& patch)
{
    return region::blended(picture, {{{wholeOf(picture.size()), picture}}, {patch}}, 1.0F).pixels;
}

bool covers(const std::vector<region::Layer>& layers, Point pixel)
{
    return std::ranges::any_of(layers, [pixel](const region::Layer& layer) {
        return layer.patch.area.contains(pixel) &&
               (layer.mask == nullptr || layer.mask->at(pixel) > 0.0F);
    });
}

std::size_t indexIn(const Rect& area, Point point)
{
    return static_cast<std::size_t>(point.y - area.y) * static_cast<std::size_t>(area.width) +
           static_cast<std::size_t>(point.x - area.x);
}

struct Tint {
    float red, green, blue, cover;
};

std::array<Tint, steps> tints()
{
    std::array<Tint, steps> result{};
    for (int i = 0; i < steps; ++i) {
        const QColor color = inventionColor(double(i) / (steps - 1));
        result[static_cast<std::size_t>(i)] = {color.redF(), color.greenF(), color.blueF(),
                                               color.alphaF()};
    }
    return result;
}

void tint(const Tint& color, float* pixel)
{
    const float gray = 0.299F * pixel[0] + 0.587F * pixel[1] + 0.114F * pixel[2];
    pixel[0] = gray + color.cover * (color.red - gray);
    pixel[1] = gray + color.cover * (color.green - gray);
    pixel[2] = gray + color.cover * (color.blue - gray);
}

} // namespace

QColor inventionColor(double share)
{
    share = std::clamp(share, 0.0, 1.0);
    const double at = share * (ramp.size() - 1);
    const auto lower = std::min(static_cast<std::size_t>(at), ramp.size() - 2);
    const double between = at - static_cast<double>(lower);
    const auto mix = [&](int from, int to) {
        return static_cast<int>(std::lround(from + (to - from) * between));
    };
    const QColor& a = ramp[lower];
    const QColor& b = ramp[lower + 1];
    return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue()),
            static_cast<int>(std::lround(255.0 * mostCover * std::sqrt(share)))};
}

region::Patch inventionPicture(const image::Image& before, const std::vector<region::Layer>& layers,
                               float strength)
{
    const auto after = region::blended(before, layers, strength);
    if (after.area.isEmpty())
        return after;
    const Rect seen = grown(after.area, surroundings, before.size());
    const auto part = before.cropped(seen);
    const region::Patch inPart{after.area.relativeTo(seen.topLeft()), after.pixels};
    const auto invented = image::inventedDetail(part, with(part, inPart));

    const auto colors = tints();
    std::vector<float> pixels(after.pixels.pixels().begin(), after.pixels.pixels().end());
    float* pixel = pixels.data();
    for (int y = after.area.y; y < after.area.bottom(); ++y)
        for (int x = after.area.x; x < after.area.right(); ++x, pixel += rgb) {
            if (!covers(layers, {x, y}))
                continue;
            const float value = invented[indexIn(seen, {x, y})];
            const float share = std::clamp((value - faintest) / (strongest - faintest), 0.0F, 1.0F);
            tint(colors[static_cast<std::size_t>(std::lround(share * (steps - 1)))], pixel);
        }
    return {after.area, image::Image(after.area.size(), std::move(pixels))};
}

} // namespace limpid::ui
