// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/region/region.h"

#include <algorithm>
#include <string>

namespace limpid::region {

namespace {

std::string describe(const Rect& rect)
{
    return std::to_string(rect.width) + "x" + std::to_string(rect.height) + " at " +
           std::to_string(rect.x) + "," + std::to_string(rect.y);
}

/// As Rect::intersected, for rectangles from outside whose corners may not fit an int.
Rect clippedTo(Size picture, const Rect& rect, std::int64_t growth)
{
    const auto clampedTo = [](std::int64_t value, int limit) {
        return static_cast<int>(std::clamp<std::int64_t>(value, 0, limit));
    };
    const int left = clampedTo(rect.x - growth, picture.width);
    const int top = clampedTo(rect.y - growth, picture.height);
    const int right = clampedTo(std::int64_t{rect.x} + rect.width + growth, picture.width);
    const int bottom = clampedTo(std::int64_t{rect.y} + rect.height + growth, picture.height);
    const Rect inside{left, top, right - left, bottom - top};
    return inside.isEmpty() ? Rect{} : inside;
}

} // namespace

Result<Region> clipped(const Region& region, Size picture)
{
    if (region.rect.isEmpty())
        return fail(ErrorCode::InvalidRequest, "empty region: " + describe(region.rect));
    if (region.featherPixels < 0)
        return fail(ErrorCode::InvalidRequest,
                    "negative feather: " + std::to_string(region.featherPixels));
    const Rect inside = clippedTo(picture, region.rect, 0);
    if (inside.isEmpty())
        return fail(ErrorCode::RegionOutside,
                    "region " + describe(region.rect) + " outside a picture of " +
                        std::to_string(picture.width) + "x" + std::to_string(picture.height));
    return Region{.rect = inside, .featherPixels = region.featherPixels};
}

Rect reach(const Region& region, Size picture)
{
    if (region.rect.isEmpty())
        return {};
    return clippedTo(picture, region.rect, region.featherPixels);
}

} // namespace limpid::region
