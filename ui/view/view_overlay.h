// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QPainter>
#include <QPointF>
#include <QRect>
#include <QString>

namespace limpid::ui {

/// The line between before and after, and its knob. Device pixels of the view.
struct SplitLine {
    QRect view;
    int x = 0; ///< The first column of the right side.
    double pixelRatio = 1.0;

    /// On the line or the knob.
    bool isHit(QPointF position) const;
    /// The knob stays inside the view even where the line is at its edge.
    QPointF knob() const;
    void paint(QPainter& painter, bool hot) const;
};

enum class LabelCorner { TopLeft, TopRight };

/// A word on a rounded dark plate in a corner of `picture`, which is what is seen of it; cut off
/// where it does not fit.
void paintLabel(QPainter& painter, const QRect& picture, const QString& text, LabelCorner corner,
                double pixelRatio);

/// What the colors over a picture mean, from 0 to 1.
struct ColorScale {
    QString low;
    QString high;
    QColor (*color)(double share) = nullptr; ///< As it lies over gray.
};

enum class ScaleCorner { BottomLeft, BottomRight };

/// The scale on such a plate in a lower corner of `pane`.
void paintScale(QPainter& painter, const QRect& pane, const ColorScale& scale, ScaleCorner corner,
                double pixelRatio);

/// A sentence on such a plate in the middle.
void paintNotice(QPainter& painter, const QRect& view, const QString& text, double pixelRatio);

} // namespace limpid::ui
