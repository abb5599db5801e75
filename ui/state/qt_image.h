// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/frame.h"
#include "core/image/image.h"

#include <QImage>

namespace limpid::ui {

/// A part of a picture as 8-bit sRGB (Format_RGB32), clamped and rounded; `area` lies inside.
/// Any thread; about 2 ms per megapixel, so not the GUI thread for more than a screenful.
QImage toQImage(const image::Image& image, const Rect& area);
QImage toQImage(const image::Image& image);

/// The picture at 1 / 2^level of its size by taking single pixels: poor, but at once.
QImage sampledQImage(const image::Image& image, int level);

/// A preview as Format_RGB888 without copying; the result keeps the frame alive.
QImage toQImage(const engine::FramePtr& frame);

} // namespace limpid::ui
