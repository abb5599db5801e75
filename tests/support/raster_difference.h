// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/raster.h"

#include <algorithm>
#include <cstdlib>

namespace limpid::tests {

/// Of any two samples; −1 when the rasters are not of one kind. A JPEG's halved chroma costs up to
/// 40 of 255 at hard edges.
inline int worstDifference(const image::Raster& a, const image::Raster& b)
{
    if (a.size() != b.size() || a.channels() != b.channels() || a.depth() != b.depth())
        return -1;
    int worst = 0;
    for (int y = 0; y < a.size().height; ++y) {
        for (int i = 0; i < a.size().width * a.channels(); ++i) {
            const Point point{i / a.channels(), y};
            const int c = i % a.channels();
            worst = std::max(worst, std::abs(a.sample(point, c) - b.sample(point, c)));
        }
    }
    return worst;
}

} // namespace limpid::tests
