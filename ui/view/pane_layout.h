// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewport.h"

#include <QPointF>
#include <QRect>
#include <QSize>

#include <vector>

namespace limpid::ui {

/// How the two pictures share the view.
enum class CompareMode { AfterOnly, BeforeOnly, Split, SideBySide, TopBottom };

/// Which picture a pane shows. The companion belongs to the after side: another view of its making.
enum class Side { Before, After, Companion };

/// A part of the view that shows one picture. All rectangles in device pixels of the view.
struct Pane {
    QRect rect; ///< The camera's pane; equally large for all panes of a layout.
    QRect clip; ///< What of it is shown.
    Side side = Side::After;
};

struct LayoutOptions {
    CompareMode mode = CompareMode::AfterOnly;
    bool swapped = false;       ///< After comes first.
    double splitPosition = 0.5; ///< 0…1 of the width.
    int gap = 1;                ///< Between panes, device pixels.
    bool companion = false;     ///< One pane more, at the right.
};

/// The part of the view that before and after share: all of it but for the companion's column.
QRect comparisonRect(QSize view, const LayoutOptions& options);

/// The panes of a view of this size (device pixels), first to last; a companion comes last.
std::vector<Pane> layoutPanes(QSize view, const LayoutOptions& options);

/// From the picture to a pane of the view and back; lengths that a hand or an eye has to meet are
/// given in device-independent pixels.
struct PaneMap {
    const Viewport& viewport;
    QPoint pane; ///< The pane's top left corner, device pixels of the view.
    double pixelRatio = 1.0;

    QPointF toView(QPointF image) const { return viewport.toPane(image) + pane; }
    QPointF toImage(QPointF view) const { return viewport.toImage(view - pane); }
    QRect toView(const Rect& image) const { return viewport.toPane(image).translated(pane); }
    double device(double independentPixels) const { return independentPixels * pixelRatio; }
};

} // namespace limpid::ui
