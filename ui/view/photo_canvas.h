// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/pyramid.h"
#include "ui/view/pyramid_painter.h"
#include "ui/view/viewport.h"

#include <QColor>
#include <QImage>
#include <QPainter>
#include <QRegion>

namespace limpid::ui {

/// Paints one picture into a pane. What was painted is kept: a pan costs only the strips that come
/// into sight, a change only its own area. GUI thread; the painter works in device pixels.
class PhotoCanvas {
public:
    /// `changed` (image pixels) is where it differs from the last one.
    void setPyramid(const Pyramid& pyramid, const Rect& changed);
    void setSurround(const QColor& color);

    /// While Draft is asked for, large panes are painted fast rather than well.
    void setQuality(Quality quality);

    /// Paints `clip`, a part of the pane whose top left corner is at `pane`.
    void paint(QPainter& painter, QPoint pane, const QRect& clip, const Viewport& viewport);

private:
    void follow(const Viewport& viewport);
    void shift(QPoint by);
    void render(const QRect& part);

    Pyramid pyramid_;
    QColor surround_{0x2b, 0x2b, 0x2b};
    Viewport viewport_;
    QImage kept_;   ///< The pane.
    QRegion valid_; ///< The part of it that is painted.
    Quality quality_ = Quality::Fine;
    bool drafted_ = false; ///< Some of it is painted as a draft.
};

} // namespace limpid::ui
