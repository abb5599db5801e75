// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/geometry.h"

#include <QPoint>
#include <QPointF>
#include <QRect>
#include <QRectF>
#include <QSize>

namespace limpid::ui {

/// Where a picture lies in a pane: zoom and pan, without a widget. Lengths in the pane are device
/// pixels, and zoom 1 is one of them per image pixel.
class Viewport {
public:
    static constexpr double maximumZoom = 32.0;
    static constexpr double maximumFitZoom = 4.0; ///< Fit does not blow small pictures up further.

    /// A picture of another size starts at fit.
    void setPicture(Size picture);
    /// Keeps fit, or the image point in the middle. `margin` is the least distance between a fitted
    /// picture and the pane's edges, and how far a larger one can be pulled away from them.
    void setPane(QSize pane, int margin);

    Size picture() const { return picture_; }
    QSize pane() const { return pane_; }
    double zoom() const { return zoom_; }
    bool isFit() const { return fit_; }
    double fitZoom() const;
    double minimumZoom() const;

    void fit();
    /// The image point under `anchor` (pane) stays there, as far as the limits of panning allow.
    void zoomTo(double zoom, QPointF anchor);
    /// Multiplies the zoom; does not jump over 100 % and fit, but lands on them.
    void zoomBy(double factor, QPointF anchor);
    /// To the next of the usual factors; direction +1 or -1.
    void zoomStep(int direction, QPointF anchor);
    void panBy(QPointF delta);

    QPointF middle() const { return {pane_.width() / 2.0, pane_.height() / 2.0}; }
    /// Pane position of the picture's top left corner: whole pixels, so that 100 % stays crisp.
    QPoint origin() const;
    QPointF toPane(QPointF image) const;
    QPointF toImage(QPointF pane) const;
    QRect toPane(const Rect& image) const;
    /// The picture in the pane, where it is larger than the pane reaching beyond it.
    QRect pictureRect() const { return toPane(wholeOf(picture_)); }

    friend bool operator==(const Viewport&, const Viewport&) = default;

private:
    QPointF exactOrigin() const;
    void clampCenter();

    Size picture_;
    QSize pane_{0, 0};
    int margin_ = 0;
    double zoom_ = 1.0;
    QPointF center_; ///< The image point in the pane's middle.
    bool fit_ = true;
};

} // namespace limpid::ui
