// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/region/region.h"

#include <vector>

namespace limpid::region {

/// How much of the restoration each pixel takes: 0 none, 1 all. Zero outside `bounds`.
struct Mask {
    Rect bounds;                 ///< In image pixels.
    std::vector<float> coverage; ///< bounds.size().area() values, row by row.

    float at(Point point) const
    {
        if (!bounds.contains(point))
            return 0.0F;
        return coverage[static_cast<std::size_t>(point.y - bounds.y) *
                            static_cast<std::size_t>(bounds.width) +
                        static_cast<std::size_t>(point.x - bounds.x)];
    }
};

/// Rasterises a region: 1 inside the rectangle, a smooth (raised-cosine) fall to 0 over the
/// feather outside of it. A region that reaches the border of the picture does not fade there.
Mask rasterize(const Region& region, Size picture);

} // namespace limpid::region
