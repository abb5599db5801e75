// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/pyramid.h"
#include "ui/view/viewport.h"

#include <QImage>
#include <QRect>

namespace limpid::ui {

/// From this zoom on pixels are shown as squares; below they are interpolated.
constexpr double squarePixelsZoom = 2.0;

/// Draft repeats pixels instead of interpolating: for the moments in which the zoom changes.
enum class Quality { Draft, Fine };

/// Draws what of the picture falls into `part` of the pane. `target` is the pane (Format_RGB32) in
/// device pixels; only the tiles in sight are touched, so the cost follows the part, not the
/// picture.
void drawPyramid(QImage& target, const QRect& part, const Pyramid& pyramid,
                 const Viewport& viewport, Quality quality = Quality::Fine);

} // namespace limpid::ui
