// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/view/view_overlay.h"

#include <QFontMetrics>
#include <QLinearGradient>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace limpid::ui {

namespace {

// Device-independent pixels.
constexpr double lineReach = 6.0;
constexpr double knobRadius = 14.0;
constexpr double labelMargin = 12.0;
constexpr double labelHeight = 22.0;
constexpr double labelPadding = 10.0;
constexpr double labelTextSize = 12.0;
constexpr double scaleWidth = 72.0;
constexpr double scaleHeight = 8.0;
constexpr double scaleGap = 8.0;

const QColor plate(20, 20, 20, 165);
const QColor plateEdge(255, 255, 255, 40);
const QColor scaleGround(128, 128, 128);

QFont labelFont(QFont font, double pixelRatio)
{
    font.setPixelSize(static_cast<int>(std::lround(labelTextSize * pixelRatio)));
    font.setWeight(QFont::Medium);
    return font;
}

QSize plateSize(const QFont& font, const QString& text, double pixelRatio)
{
    const QFontMetrics metrics(labelFont(font, pixelRatio));
    return {metrics.horizontalAdvance(text) +
                static_cast<int>(std::lround(2 * labelPadding * pixelRatio)),
            static_cast<int>(std::lround(labelHeight * pixelRatio))};
}

/// The plate, and the painter ready to write on it.
void paintEmptyPlate(QPainter& painter, const QRect& place, double pixelRatio)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(plateEdge, pixelRatio));
    painter.setBrush(plate);
    const double radius = place.height() / 2.0;
    painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    painter.setPen(Qt::white);
    painter.setFont(labelFont(painter.font(), pixelRatio));
}

void paintPlate(QPainter& painter, const QRect& place, const QString& text, double pixelRatio)
{
    painter.save();
    paintEmptyPlate(painter, place, pixelRatio);
    painter.drawText(place, Qt::AlignCenter, text);
    painter.restore();
}

/// From 0 to 1, over a middle gray.
QLinearGradient gradientOf(const ColorScale& scale, const QRectF& bar)
{
    constexpr int stops = 8;
    QLinearGradient gradient(bar.topLeft(), bar.topRight());
    for (int i = 0; i <= stops; ++i)
        gradient.setColorAt(double(i) / stops, scale.color(double(i) / stops));
    return gradient;
}

/// A small arrow head that points away from the knob's middle; side -1 left, +1 right.
QPainterPath arrow(QPointF middle, int side, double unit)
{
    QPainterPath path;
    path.moveTo(middle + QPointF(side * 4.0 * unit, -4.0 * unit));
    path.lineTo(middle + QPointF(side * 8.0 * unit, 0));
    path.lineTo(middle + QPointF(side * 4.0 * unit, 4.0 * unit));
    return path;
}

} // namespace

bool SplitLine::isHit(QPointF position) const
{
    if (std::abs(position.x() - x) <= lineReach * pixelRatio)
        return true;
    const QPointF way = position - knob();
    return std::hypot(way.x(), way.y()) <= knobRadius * pixelRatio;
}

QPointF SplitLine::knob() const
{
    const double radius = std::round(knobRadius * pixelRatio);
    const double least = view.left() + radius;
    const double most = std::max(least, view.right() + 1 - radius);
    return {std::clamp(double(x), least, most), view.center().y() + 0.5};
}

void SplitLine::paint(QPainter& painter, bool hot) const
{
    const int width = std::max(1, static_cast<int>(std::lround(pixelRatio)));
    const int left = std::clamp(x - width, view.left(), view.right() + 1 - 2 * width);
    painter.fillRect(QRect(left - width, view.top(), 4 * width, view.height()),
                     QColor(0, 0, 0, 60));
    painter.fillRect(QRect(left, view.top(), 2 * width, view.height()),
                     QColor(255, 255, 255, hot ? 255 : 225));

    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const double radius = (knobRadius - 1.0) * pixelRatio;
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 60));
    painter.drawEllipse(knob(), radius + width, radius + width);
    painter.setBrush(QColor(255, 255, 255, hot ? 255 : 230));
    painter.drawEllipse(knob(), radius, radius);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(
        QPen(QColor(50, 50, 50), 1.75 * pixelRatio, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(arrow(knob(), -1, pixelRatio));
    painter.drawPath(arrow(knob(), +1, pixelRatio));
    painter.restore();
}

void paintLabel(QPainter& painter, const QRect& picture, const QString& text, LabelCorner corner,
                double pixelRatio)
{
    const QSize size = plateSize(painter.font(), text, pixelRatio);
    const int margin = static_cast<int>(std::lround(labelMargin * pixelRatio));
    const int left = corner == LabelCorner::TopLeft ? picture.left() + margin
                                                    : picture.right() + 1 - margin - size.width();
    paintPlate(painter, QRect(QPoint(left, picture.top() + margin), size), text, pixelRatio);
}

void paintScale(QPainter& painter, const QRect& pane, const ColorScale& scale, ScaleCorner corner,
                double pixelRatio)
{
    const auto device = [pixelRatio](double length) {
        return static_cast<int>(std::lround(length * pixelRatio));
    };
    const int textWidth = plateSize(painter.font(), scale.low + scale.high, pixelRatio).width();
    const int bar = device(scaleWidth);
    const int gap = device(scaleGap);
    QRect place(0, 0, textWidth + bar + 2 * gap, device(labelHeight));
    const int margin = device(labelMargin);
    place.moveBottom(pane.bottom() - margin);
    if (corner == ScaleCorner::BottomLeft)
        place.moveLeft(pane.left() + margin);
    else
        place.moveRight(pane.right() - margin);

    painter.save();
    paintEmptyPlate(painter, place, pixelRatio);
    const int padding = device(labelPadding);
    const QRect words = place.adjusted(padding, 0, -padding, 0);
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter, scale.low);
    painter.drawText(words, Qt::AlignRight | Qt::AlignVCenter, scale.high);
    const int left = words.left() + painter.fontMetrics().horizontalAdvance(scale.low) + gap;
    const QRectF colors(left, place.center().y() - device(scaleHeight) / 2.0 + 0.5, bar,
                        device(scaleHeight));
    painter.fillRect(colors, scaleGround);
    painter.fillRect(colors, gradientOf(scale, colors));
    painter.restore();
}

void paintNotice(QPainter& painter, const QRect& view, const QString& text, double pixelRatio)
{
    QRect place(QPoint(0, 0), plateSize(painter.font(), text, pixelRatio));
    place.moveCenter(view.center());
    paintPlate(painter, place, text, pixelRatio);
}

} // namespace limpid::ui
