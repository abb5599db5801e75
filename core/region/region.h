// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/geometry.h"
#include "core/base/result.h"

namespace limpid::region {

/// The part of a photograph to restore, in image pixels. Inside `rect` the effect is full;
/// it fades to nothing over `featherPixels` outside of it.
struct Region {
    Rect rect;
    int featherPixels = 0;

    friend bool operator==(const Region&, const Region&) = default;
};

/// The region clipped to the picture. RegionOutside when nothing of it lies inside;
/// InvalidRequest for an empty rectangle or a negative feather.
[[nodiscard]] Result<Region> clipped(const Region& region, Size picture);

/// The smallest rectangle outside which the region changes nothing: rect + feather, clipped.
Rect reach(const Region& region, Size picture);

} // namespace limpid::region
