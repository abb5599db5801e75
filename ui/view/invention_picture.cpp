// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/view/invention_picture.h"

#include "core/image/invention.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace limpid::ui {

namespace {

constexpr std::size_t rgb = 3;
constexpr int bandHeight = 1024;
constexpr float faintest = 0.5F; // gray levels: below lies the noise of the measure itself
constexpr float strongest = 8.0F;
constexpr double mostCover = 0.9; // the detail itself must shine through
constexpr int steps = 256;

/// Amber for little, through red to violet: told apart by lightness, too.
const std::array<QColor, 3> ramp{QColor(255, 190, 40), QColor(235, 60, 40), QColor(150, 20, 140)};

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

/// What is measured with, and on.
struct Subject {
    const image::Image& before;
    const std::vector<region::Layer>& layers;
    float strength;
    float noise;
    std::array<Tint, steps> colors;
};

/// Colors a band of the blended picture.
void mark(const Subject& subject, const Rect& band, float* pixel)
{
    const Rect seen = band.grown(image::inventionReach).intersected(wholeOf(subject.before.size()));
    const auto after = region::blended(subject.before, subject.layers, subject.strength, seen);
    const auto invented =
        image::inventedDetail(subject.before.cropped(seen), after.pixels, subject.noise);
    for (int y = band.y; y < band.bottom(); ++y)
        for (int x = band.x; x < band.right(); ++x, pixel += rgb) {
            if (!covers(subject.layers, {x, y}))
                continue;
            const float value = invented[indexIn(seen, {x, y})];
            const float share = std::clamp((value - faintest) / (strongest - faintest), 0.0F, 1.0F);
            tint(subject.colors[static_cast<std::size_t>(std::lround(share * (steps - 1)))], pixel);
        }
}

region::Patch marked(const Subject& subject, const Rect& area)
{
    const auto after = region::blended(subject.before, subject.layers, subject.strength, area);
    std::vector<float> pixels(after.pixels.pixels().begin(), after.pixels.pixels().end());
    for (int y = area.y; y < area.bottom(); y += bandHeight) {
        const Rect band{area.x, y, area.width, std::min(bandHeight, area.bottom() - y)};
        mark(subject, band, pixels.data() + indexIn(area, band.topLeft()) * rgb);
    }
    return {area, image::Image(area.size(), std::move(pixels))};
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

std::vector<region::Patch> inventionPicture(const image::Image& before,
                                            const std::vector<region::Layer>& layers,
                                            float strength)
{
    const Subject subject{before, layers, strength, image::noiseLevel(before), tints()};
    std::vector<region::Patch> patches;
    for (const Rect& area : region::touchedAreas(layers, before.size()))
        patches.push_back(marked(subject, area));
    return patches;
}

} // namespace limpid::ui
