// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/region/context.h"
#include "core/region/region.h"
#include "ui/view/pane_layout.h"

#include <QPainter>

#include <array>
#include <optional>

namespace limpid::ui {

struct RegionLook {
    bool handles = false; ///< It can be changed now.
    bool dimmed = false;  ///< It is being changed now: the rest steps back a little.
    region::ContextRule contextRule;
};

/// Paints a region over a pane: outline, feather, context, handles. Each line is light on dark, so
/// that it is seen on any photograph. The painter works in device pixels, clipped to the pane.
void paintRegion(QPainter& painter, const PaneMap& map, const region::Region& region,
                 const RegionLook& look);

/// Middles of the eight handles, in device pixels of the view, clockwise from the top left.
std::array<QPointF, 8> handleCenters(const PaneMap& map, const Rect& rect);

} // namespace limpid::ui
