// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/region/mask.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace limpid::region {

namespace {

/// 1 at distance 0, 0 from `feather` + 1 pixels on, so that the last feathered pixel still counts.
float fall(double distance, int feather)
{
    const double range = feather + 1.0;
    if (distance >= range)
        return 0.0F;
    return static_cast<float>(0.5 + 0.5 * std::cos(std::numbers::pi * distance / range));
}

/// How far `position` lies outside [begin, end): 0 inside.
int distanceTo(int begin, int end, int position)
{
    return std::max({begin - position, position - (end - 1), 0});
}

} // namespace

Mask rasterize(const Region& region, Size picture)
{
    Mask mask{.bounds = reach(region, picture), .coverage = {}};
    const Rect& bounds = mask.bounds;
    mask.coverage.assign(static_cast<std::size_t>(bounds.size().area()), 1.0F);
    float* value = mask.coverage.data();
    for (int y = bounds.y; y < bounds.bottom(); ++y) {
        const int down = distanceTo(region.rect.y, region.rect.bottom(), y);
        for (int x = bounds.x; x < bounds.right(); ++x, ++value) {
            const int across = distanceTo(region.rect.x, region.rect.right(), x);
            if (across > 0 || down > 0)
                *value = fall(std::hypot(across, down), region.featherPixels);
        }
    }
    return mask;
}

} // namespace limpid::region
