// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/marked_slider.h"

#include <QMouseEvent>
#include <QPainter>
#include <QStyleOptionSlider>

namespace limpid::ui {

namespace {
constexpr int markHeight = 4;
}

void MarkedSlider::setMark(int value)
{
    mark_ = value;
    update();
}

// Where the middle of the handle stands for a value, in widget pixels.
int MarkedSlider::positionOf(int value) const
{
    QStyleOptionSlider option;
    initStyleOption(&option);
    const QRect groove =
        style()->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderGroove, this);
    const int handle = style()->pixelMetric(QStyle::PM_SliderLength, &option, this);
    return groove.x() + handle / 2 +
           QStyle::sliderPositionFromValue(minimum(), maximum(), value, groove.width() - handle,
                                           option.upsideDown);
}

void MarkedSlider::paintEvent(QPaintEvent* event)
{
    QSlider::paintEvent(event);
    if (mark_ < minimum() || mark_ > maximum())
        return;
    QPainter painter(this);
    const int x = positionOf(mark_);
    painter.fillRect(QRect(x, height() - markHeight, 1, markHeight),
                     palette().color(QPalette::PlaceholderText));
}

void MarkedSlider::mousePressEvent(QMouseEvent* event)
{
    QStyleOptionSlider option;
    initStyleOption(&option);
    const QRect handle =
        style()->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderHandle, this);
    if (event->button() == Qt::LeftButton && !handle.contains(event->position().toPoint())) {
        const int span = positionOf(maximum()) - positionOf(minimum());
        const int x = event->position().toPoint().x() - positionOf(minimum());
        setValue(QStyle::sliderValueFromPosition(minimum(), maximum(), x, span));
    }
    QSlider::mousePressEvent(event); // the handle is below the pointer now: drag it on
}

} // namespace limpid::ui
