// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/view/pictures.h"
#include "ui/view/compare_view.h"

#include <QApplication>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>

#include <memory>

namespace limpid {

/// A compare view in a window of 640 × 480, and the hands to use it.
class ViewBench {
public:
    static constexpr Size pictureSize{800, 600};

    ViewBench()
    {
        view_.resize(640, 480);
        view_.show();
    }

    ui::CompareView& view() { return view_; }

    /// The widget position of an image point, while the picture's middle is in the view's middle.
    QPoint at(double x, double y) const
    {
        const QPointF middle(view_.width() / 2.0, view_.height() / 2.0);
        const QPointF way = QPointF(x - pictureSize.width / 2.0, y - pictureSize.height / 2.0);
        return (middle + way * view_.zoom() / view_.devicePixelRatioF()).toPoint();
    }

    QColor colorAtWidget(QPoint position)
    {
        const QImage image = view_.grab().toImage();
        return image.pixelColor((QPointF(position) * image.devicePixelRatio()).toPoint());
    }

    QColor colorAt(double x, double y) { return colorAtWidget(at(x, y)); }

    void move(QPoint to)
    {
        QMouseEvent event(QEvent::MouseMove, to, view_.mapToGlobal(to), Qt::NoButton, Qt::NoButton,
                          Qt::NoModifier);
        QApplication::sendEvent(&view_, &event);
    }

    void drag(QPoint from, QPoint to, Qt::MouseButton button = Qt::LeftButton)
    {
        QTest::mousePress(&view_, button, {}, from);
        QTest::mouseMove(&view_, (from + to) / 2);
        QTest::mouseMove(&view_, to);
        QTest::mouseRelease(&view_, button, {}, to);
    }

    /// Asks the view itself what lies where, so that no rule of placement is repeated here.
    QPointF imageUnder(QPoint position)
    {
        QSignalSpy moved(&view_, &ui::CompareView::cursorMoved);
        move(position);
        return moved.constLast().constFirst().toPoint();
    }

private:
    ui::CompareView view_;
};

} // namespace limpid
