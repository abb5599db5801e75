// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/region/blend.h"
#include "ui/view/image_pyramid.h"
#include "ui/view/photo_canvas.h"

#include <QObject>

#include <vector>

namespace limpid::ui {

/// The after-picture with what was invented marked, made only while somebody wants to see it, in
/// Qt's pool. GUI thread.
class InventionLayer : public QObject {
    Q_OBJECT
public:
    /// `before` is what the picture is made on.
    explicit InventionLayer(const ImagePyramid& before);

    void setShown(bool shown);
    void setResult(const image::Image& before, const std::vector<region::Layer>& layers,
                   float strength);
    void clear(); ///< There is no result.
    void setSurround(const QColor& color) { canvas_.setSurround(color); }
    void setQuality(Quality quality) { canvas_.setQuality(quality); }

    bool isWanted() const { return shown_ && !failed_ && !layers_.empty(); }
    bool hasFailed() const { return shown_ && failed_; }
    /// It can be painted; while it is being made, the after-picture itself is to be seen.
    bool isReady() const { return isWanted() && !stale_ && !pyramid_.isBusy(); }
    void paint(QPainter& painter, QPoint pane, const QRect& clip, const Viewport& viewport)
    {
        canvas_.paint(painter, pane, clip, viewport);
    }

Q_SIGNALS:
    void changed();

private:
    void makeIfWanted();

    ImagePyramid pyramid_;
    PhotoCanvas canvas_;
    image::Image before_;
    std::vector<region::Layer> layers_;
    float strength_ = 1.0F;
    bool shown_ = false;
    bool stale_ = true;
    bool failed_ = false; ///< There was not enough memory: until the next result or wish.
};

} // namespace limpid::ui
