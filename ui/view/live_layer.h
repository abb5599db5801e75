// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/frame.h"
#include "core/region/mask.h"
#include "ui/view/viewport.h"

#include <QImage>
#include <QPainter>

#include <memory>

namespace limpid::ui {

/// The newest frame of a running job, laid over the picture at the resolution of the screen: its
/// cost follows what is in sight, not the picture. GUI thread.
class LiveLayer {
public:
    /// A null mask is 1 everywhere. What the mask gives is kept while the object is the same.
    void set(engine::FramePtr frame, std::shared_ptr<const region::Mask> mask, float strength);
    void clear();
    bool isActive() const { return frame_ != nullptr; }
    /// What it covers, in image pixels.
    Rect area() const { return frame_ == nullptr ? Rect{} : frame_->area; }

    /// Paints `clip`, a part of the pane whose top left corner is at `pane`; device pixels.
    void paint(QPainter& painter, QPoint pane, const QRect& clip, const Viewport& viewport);

private:
    QImage coverage(const QRect& part) const;
    QImage scaledFrame(const QRect& part) const;
    void prepare(const QRect& part, const Viewport& viewport);

    engine::FramePtr frame_;
    std::shared_ptr<const region::Mask> mask_;
    float strength_ = 1.0F;
    QImage picture_;    ///< The frame's own pixels.
    Viewport viewport_; ///< What `coverage_` and `blended_` are made for.
    QRect part_;
    QImage coverage_; ///< Format_Alpha8, for `part_`; null: make it anew.
    QImage blended_;  ///< Premultiplied, for `part_`; null: make it anew.
};

} // namespace limpid::ui
