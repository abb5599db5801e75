// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/view/rectangle_tool.h"

#include <algorithm>
#include <cmath>

namespace limpid::ui {

namespace {

// Device-independent pixels.
constexpr double gripReach = 8.0;
constexpr double dragThreshold = 3.0;

bool wantsCenter(Qt::KeyboardModifiers modifiers)
{
    return (modifiers & (Qt::AltModifier | Qt::ControlModifier)) != 0;
}

/// A span of whole pixels inside 0 … limit, at least `least` long where the limit allows.
struct Span {
    int from;
    int length;
};

Span wholeSpan(double a, double b, int limit, int least)
{
    int from = std::clamp(static_cast<int>(std::lround(std::min(a, b))), 0, limit);
    const int to = std::clamp(static_cast<int>(std::lround(std::max(a, b))), 0, limit);
    const int length = std::max(to - from, std::min(least, limit));
    from = std::min(from, limit - length);
    return {from, length};
}

/// Which ends of one axis are near; inside a short span only its outer thirds count.
unsigned nearEnds(double position, double from, double to, double reach)
{
    const double inner = std::min(reach, (to - from) / 3.0);
    if (position >= from - reach && position <= from + inner)
        return 1;
    return position <= to + reach && position >= to - inner ? 2 : 0;
}

bool isArrow(int key)
{
    return key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up || key == Qt::Key_Down;
}

bool isReturn(int key)
{
    return key == Qt::Key_Return || key == Qt::Key_Enter;
}

} // namespace

unsigned gripAt(const PaneMap& map, const Rect& rect, QPointF position)
{
    const QPointF from = map.toView(QPointF(rect.x, rect.y));
    const QPointF to = map.toView(QPointF(rect.right(), rect.bottom()));
    const double reach = map.device(gripReach);
    const QRectF around(from - QPointF(reach, reach), to + QPointF(reach, reach));
    if (!around.contains(position))
        return GripOutside;
    const unsigned horizontal = nearEnds(position.x(), from.x(), to.x(), reach);
    const unsigned vertical = nearEnds(position.y(), from.y(), to.y(), reach);
    const unsigned grip = horizontal * GripLeft + vertical * GripTop;
    return grip == GripNone ? static_cast<unsigned>(GripInside) : grip;
}

void RectangleTool::setFeather(int pixels)
{
    featherPixels_ = std::max(0, pixels);
    if (region_)
        region_->featherPixels = featherPixels_;
}

void RectangleTool::setPicture(Size picture)
{
    picture_ = picture;
}

void RectangleTool::setRegion(std::optional<region::Region> region)
{
    region_ = region;
    drag_.reset();
    if (region_)
        featherPixels_ = region_->featherPixels;
}

void RectangleTool::press(const PaneMap& map, const ToolPointer& pointer)
{
    if (picture_.isEmpty())
        return;
    const unsigned grip =
        region_ ? gripAt(map, region_->rect, pointer.position) : unsigned{GripOutside};
    drag_ = Drag{.grip = grip,
                 .pressed = pointer.position,
                 .start = map.toImage(pointer.position),
                 .before = region_};
}

void RectangleTool::move(const PaneMap& map, const ToolPointer& pointer)
{
    if (!drag_)
        return;
    const QPointF way = pointer.position - drag_->pressed;
    if (std::max(std::abs(way.x()), std::abs(way.y())) >= map.device(dragThreshold))
        drag_->begun = true;
    if (drag_->begun)
        region_ = region::Region{dragged(map.toImage(pointer.position), pointer.modifiers),
                                 featherPixels_};
}

void RectangleTool::release()
{
    drag_.reset();
}

bool RectangleTool::cancel()
{
    if (!drag_)
        return false;
    region_ = drag_->before;
    drag_.reset();
    return true;
}

bool RectangleTool::wantsKey(const ToolKey& key) const
{
    if (key.key == Qt::Key_Escape)
        return isDragging();
    if (isDragging() || picture_.isEmpty())
        return false;
    const auto modifiers = key.modifiers & ~Qt::KeyboardModifiers(Qt::KeypadModifier);
    if (isReturn(key.key))
        return !region_ && modifiers == Qt::NoModifier;
    if (isArrow(key.key))
        return region_ && (modifiers & ~(Qt::ShiftModifier | Qt::ControlModifier)) == 0;
    return region_ && (modifiers & ~Qt::KeyboardModifiers(Qt::ShiftModifier)) == 0 &&
           (key.key == Qt::Key_Delete || key.key == Qt::Key_Backspace);
}

void RectangleTool::pressKey(const ToolKey& key)
{
    if (!wantsKey(key))
        return;
    if (key.key == Qt::Key_Escape) {
        cancel();
    } else if (isReturn(key.key)) {
        region_ = region::Region{middleOf(key.visible), featherPixels_};
    } else if (!isArrow(key.key)) {
        region_.reset();
    } else {
        const int step = (key.modifiers & Qt::ShiftModifier) != 0 ? 10 : 1;
        const int x = int{key.key == Qt::Key_Right} - int{key.key == Qt::Key_Left};
        const int y = int{key.key == Qt::Key_Down} - int{key.key == Qt::Key_Up};
        const QPoint by = QPoint(x, y) * step;
        const bool resizes = (key.modifiers & Qt::ControlModifier) != 0;
        region_->rect = resizes ? resized(region_->rect, by) : moved(region_->rect, by);
    }
}

Qt::CursorShape RectangleTool::cursor(const PaneMap& map, const ToolPointer& pointer) const
{
    unsigned grip = GripOutside;
    if (drag_)
        grip = drag_->grip;
    else if (region_)
        grip = gripAt(map, region_->rect, pointer.position);
    switch (grip) {
    case GripInside: return Qt::SizeAllCursor;
    case GripLeft:
    case GripRight: return Qt::SizeHorCursor;
    case GripTop:
    case GripBottom: return Qt::SizeVerCursor;
    case GripLeft | GripTop:
    case GripRight | GripBottom: return Qt::SizeFDiagCursor;
    case GripRight | GripTop:
    case GripLeft | GripBottom: return Qt::SizeBDiagCursor;
    default: return Qt::CrossCursor;
    }
}

/// The rectangle for the pointer at `image`, from what it was when the drag began.
Rect RectangleTool::dragged(QPointF image, Qt::KeyboardModifiers modifiers) const
{
    if (drag_->grip == GripOutside)
        return spanned(drag_->start, image, modifiers);
    const Rect rect = drag_->before->rect;
    const QPointF by = image - drag_->start;
    if (drag_->grip == GripInside)
        return moved(rect, by.toPoint());

    const bool left = (drag_->grip & GripLeft) != 0;
    const bool top = (drag_->grip & GripTop) != 0;
    const bool horizontal = left || (drag_->grip & GripRight) != 0;
    const bool vertical = top || (drag_->grip & GripBottom) != 0;
    const QPointF center(rect.x + rect.width / 2.0, rect.y + rect.height / 2.0);
    const QPointF fixed(left ? rect.right() : rect.x, top ? rect.bottom() : rect.y);
    const QPointF held(left ? rect.x : rect.right(), top ? rect.y : rect.bottom());
    const QPointF anchor = wantsCenter(modifiers) ? center : fixed;
    if (horizontal && vertical)
        return spanned(anchor, held + by, modifiers);
    const Rect span = spanned(anchor, held + by, modifiers & ~Qt::ShiftModifier);
    return horizontal ? Rect{span.x, rect.y, span.width, rect.height}
                      : Rect{rect.x, span.y, rect.width, span.height};
}

/// From one corner, or from the center, to the other corner; square with Shift.
Rect RectangleTool::spanned(QPointF anchor, QPointF corner, Qt::KeyboardModifiers modifiers) const
{
    const bool centered = wantsCenter(modifiers);
    anchor = {std::clamp(anchor.x(), 0.0, double(picture_.width)),
              std::clamp(anchor.y(), 0.0, double(picture_.height))};
    QPointF way = corner - anchor;
    // How far the corner may go before it, or its mirror image, leaves the picture.
    const auto room = [centered](double at, double length, double direction) {
        const double ahead = direction < 0 ? at : length - at;
        return centered ? std::min(at, length - at) : ahead;
    };
    double roomX = room(anchor.x(), picture_.width, way.x());
    double roomY = room(anchor.y(), picture_.height, way.y());
    if ((modifiers & Qt::ShiftModifier) != 0) {
        const double side = std::max(std::abs(way.x()), std::abs(way.y()));
        way = {std::copysign(side, way.x()), std::copysign(side, way.y())};
        roomX = roomY = std::min(roomX, roomY);
    }
    way = {std::clamp(way.x(), -roomX, roomX), std::clamp(way.y(), -roomY, roomY)};
    const QPointF from = centered ? anchor - way : anchor;
    const QPointF to = anchor + way;
    const auto [x, width] = wholeSpan(from.x(), to.x(), picture_.width, leastSide);
    const auto [y, height] = wholeSpan(from.y(), to.y(), picture_.height, leastSide);
    return {x, y, width, height};
}

Rect RectangleTool::moved(const Rect& rect, QPoint by) const
{
    return {std::clamp(rect.x + by.x(), 0, picture_.width - rect.width),
            std::clamp(rect.y + by.y(), 0, picture_.height - rect.height), rect.width, rect.height};
}

/// The top left corner stays.
Rect RectangleTool::resized(const Rect& rect, QPoint by) const
{
    const auto length = [](int wanted, int from, int limit) {
        return std::clamp(wanted, std::min(leastSide, limit - from), limit - from);
    };
    return {rect.x, rect.y, length(rect.width + by.x(), rect.x, picture_.width),
            length(rect.height + by.y(), rect.y, picture_.height)};
}

/// Half as wide and as high.
Rect RectangleTool::middleOf(const Rect& visible) const
{
    const Rect inside = visible.intersected(wholeOf(picture_));
    const Rect around = inside.isEmpty() ? wholeOf(picture_) : inside;
    const auto [x, width] = wholeSpan(around.x + around.width * 0.25,
                                      around.x + around.width * 0.75, picture_.width, leastSide);
    const auto [y, height] = wholeSpan(around.y + around.height * 0.25,
                                       around.y + around.height * 0.75, picture_.height, leastSide);
    return {x, y, width, height};
}

} // namespace limpid::ui
