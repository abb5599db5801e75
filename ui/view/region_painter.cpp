// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/view/region_painter.h"

#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace limpid::ui {

namespace {

const QColor lightLine(255, 255, 255, 235);
const QColor darkLine(0, 0, 0, 140);
const QColor faintLight(255, 255, 255, 110);
const QColor faintDark(0, 0, 0, 70);
const QColor dimming(0, 0, 0, 64); // A quarter: the photo must remain judgeable.

// Device-independent pixels.
constexpr double handleSide = 9.0;
constexpr double smallestWithEdgeHandles = 56.0;

int hairline(const PaneMap& map)
{
    return std::max(1, static_cast<int>(std::lround(map.pixelRatio)));
}

/// A frame of whole pixels just outside of `rect`: filled, since stroked lines blur between pixels.
void fillFrame(QPainter& painter, const QRect& rect, int width, const QColor& color)
{
    const QRect outer = rect.adjusted(-width, -width, width, width);
    painter.fillRect(QRect(outer.left(), outer.top(), outer.width(), width), color);
    painter.fillRect(QRect(outer.left(), rect.bottom() + 1, outer.width(), width), color);
    painter.fillRect(QRect(outer.left(), rect.top(), width, rect.height()), color);
    painter.fillRect(QRect(rect.right() + 1, rect.top(), width, rect.height()), color);
}

/// Dashes of both colors take turns, so that the frame is seen on any ground.
void dashFrame(QPainter& painter, const QRect& rect, int width, const std::array<QColor, 2>& colors)
{
    const double half = width / 2.0;
    const QRectF middle = QRectF(rect).adjusted(-half, -half, half, half);
    for (int i = 0; i < 2; ++i) {
        QPen pen(colors[static_cast<std::size_t>(i)], width, Qt::CustomDashLine, Qt::FlatCap,
                 Qt::MiterJoin);
        pen.setDashPattern({4.0, 4.0});
        pen.setDashOffset(i * 4.0);
        painter.setPen(pen);
        painter.drawRect(middle);
    }
}

void paintHandles(QPainter& painter, const PaneMap& map, const Rect& rect)
{
    const QRect shown = map.toView(rect);
    const bool room =
        std::min(shown.width(), shown.height()) >= map.device(smallestWithEdgeHandles);
    const double line = hairline(map);
    const double side = std::round(map.device(handleSide));
    const auto centers = handleCenters(map, rect);
    painter.setRenderHint(QPainter::Antialiasing);
    for (std::size_t i = 0; i < centers.size(); i += room ? 1 : 2) {
        const QPointF corner(std::round(centers[i].x() - side / 2.0),
                             std::round(centers[i].y() - side / 2.0));
        const QRectF body(corner, QSizeF(side, side));
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor(0, 0, 0, 150));
        painter.drawRoundedRect(body.adjusted(-line, -line, line, line), line * 2.5, line * 2.5);
        painter.setBrush(Qt::white);
        painter.drawRoundedRect(body, line * 1.5, line * 1.5);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setBrush(Qt::NoBrush);
}

} // namespace

std::array<QPointF, 8> handleCenters(const PaneMap& map, const Rect& rect)
{
    const QPointF from = map.toView(QPointF(rect.x, rect.y));
    const QPointF to = map.toView(QPointF(rect.right(), rect.bottom()));
    const QPointF mid = (from + to) / 2.0;
    return {
        from, QPointF(mid.x(), from.y()), QPointF(to.x(), from.y()), QPointF(to.x(), mid.y()),
        to,   QPointF(mid.x(), to.y()),   QPointF(from.x(), to.y()), QPointF(from.x(), mid.y())};
}

void paintRegion(QPainter& painter, const PaneMap& map, const region::Region& region,
                 const RegionLook& look)
{
    const Size picture = map.viewport.picture();
    const QRect inner = map.toView(region.rect);
    const QRect outer = map.toView(region::reach(region, picture));
    const int line = hairline(map);

    painter.save();
    painter.setBrush(Qt::NoBrush);
    if (look.dimmed)
        for (const QRect& outside : QRegion(map.toView(wholeOf(picture))) - outer)
            painter.fillRect(outside, dimming);
    if (look.handles) {
        const Rect context = region::contextFor(region, picture, look.contextRule);
        if (const QRect shown = map.toView(context); shown != outer)
            dashFrame(painter, shown, line, {faintLight, faintDark});
        if (outer != inner)
            dashFrame(painter, outer, line, {lightLine, darkLine});
    }
    fillFrame(painter, inner.adjusted(-line, -line, line, line), line, darkLine);
    fillFrame(painter, inner, line, lightLine);
    if (look.handles)
        paintHandles(painter, map, region.rect);
    painter.restore();
}

} // namespace limpid::ui
