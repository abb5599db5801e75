// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/view/compare_view.h"

#include <QGestureEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QPinchGesture>
#include <QWheelEvent>

#include <cmath>

namespace limpid::ui {

namespace {

constexpr double wheelFactor = 1.25; ///< Per notch.
constexpr double notch = 120.0;      ///< Eighths of a degree, as Qt counts.

// Device-independent pixels.
constexpr double clickReach = 3.0;

bool isEdge(unsigned grip)
{
    return grip != GripInside && grip != GripOutside;
}

} // namespace

bool CompareView::event(QEvent* event)
{
    switch (event->type()) {
    case QEvent::ShortcutOverride:
        // Escape, Delete and the arrows belong to the region before they belong to the window.
        if (wantsKey(*static_cast<QKeyEvent*>(event))) {
            event->accept();
            return true;
        }
        break;
    case QEvent::NativeGesture: {
        const auto* native = static_cast<QNativeGestureEvent*>(event);
        if (native->gestureType() == Qt::ZoomNativeGesture)
            zoomByGesture(1.0 + native->value(), native->position());
        return true;
    }
    case QEvent::Gesture:
        if (pinch(event))
            return true;
        break;
    default: break;
    }
    return QWidget::event(event);
}

bool CompareView::pinch(QEvent* event)
{
    auto* gestures = static_cast<QGestureEvent*>(event);
    const auto* found = static_cast<QPinchGesture*>(gestures->gesture(Qt::PinchGesture));
    if (found == nullptr)
        return false;
    if ((found->changeFlags() & QPinchGesture::ScaleFactorChanged) != 0)
        zoomByGesture(found->scaleFactor(), mapFromGlobal(found->centerPoint().toPoint()));
    gestures->accept();
    return true;
}

void CompareView::zoomByGesture(double factor, QPointF widgetPosition)
{
    const auto shown = panes();
    const QPointF position = toDevice(widgetPosition);
    const Pane* pane = paneAt(shown, position);
    const QPointF anchor = pane == nullptr ? viewport_.middle() : position - pane->rect.topLeft();
    moveCamera([&] { viewport_.zoomBy(factor, anchor); });
    updateCursor();
}

void CompareView::wheelEvent(QWheelEvent* event)
{
    const bool touchpad = event->pointingDevice() != nullptr &&
                          event->pointingDevice()->type() == QInputDevice::DeviceType::TouchPad;
    if (touchpad && !event->pixelDelta().isNull() && event->modifiers() == Qt::NoModifier)
        moveCamera([&] { viewport_.panBy(toDevice(event->pixelDelta())); });
    else if (event->angleDelta().y() != 0)
        zoomByGesture(std::pow(wheelFactor, event->angleDelta().y() / notch), event->position());
    event->accept();
}

bool CompareView::regionEditable() const
{
    return tool_ == Tool::Rectangle && !regionLocked_;
}

bool CompareView::pans(Qt::MouseButton button) const
{
    return button == Qt::MiddleButton ||
           (button == Qt::LeftButton && (spaceHeld_ || !regionEditable()));
}

CompareView::Drag CompareView::dragFor(const QMouseEvent& event) const
{
    if (beforeImage_.isEmpty())
        return Drag::None;
    const bool left = event.button() == Qt::LeftButton;
    const bool onLine = left && !spaceHeld_ && showsSplit() && splitLine().isHit(pointer_);
    const auto shown = rectangle_.region();
    const bool onHandle = onLine && regionEditable() && shown &&
                          isEdge(gripAt(mapFor(dragPane_), shown->rect, pointer_));
    if (onLine && !onHandle)
        return Drag::Split;
    if (pans(event.button()))
        return Drag::Pan;
    return left ? Drag::Region : Drag::None;
}

void CompareView::mousePressEvent(QMouseEvent* event)
{
    if (drag_ != Drag::None)
        return;
    pressed_ = pointer_ = toDevice(event->position());
    const auto shown = panes();
    const Pane* pane = paneAt(shown, pointer_);
    if (pane == nullptr)
        return;
    dragPane_ = *pane;
    dragButton_ = event->button();
    drag_ = dragFor(*event);
    regionBeforeDrag_ = rectangle_.region();
    splitBeforeClick_.reset();
    if (drag_ == Drag::Region)
        rectangle_.press(mapFor(dragPane_), {pointer_, event->modifiers()});
    else if (drag_ == Drag::Split)
        dragSplit(pointer_.x());
    updateCursor();
    update();
}

void CompareView::mouseMoveEvent(QMouseEvent* event)
{
    const QPointF last = pointer_;
    const bool wasHot = hovered_ && showsSplit() && splitLine().isHit(last);
    pointer_ = toDevice(event->position());
    hovered_ = true;
    if (drag_ == Drag::Pan)
        moveCamera([&] { viewport_.panBy(pointer_ - last); });
    else if (drag_ == Drag::Split)
        dragSplit(pointer_.x());
    else if (drag_ == Drag::Region)
        dragRegion(*event);
    else if (wasHot != (showsSplit() && splitLine().isHit(pointer_)))
        update();
    updateCursor();
    reportCursor(pointer_);
}

void CompareView::mouseReleaseEvent(QMouseEvent* event)
{
    if (drag_ == Drag::None || event->button() != dragButton_)
        return;
    pointer_ = toDevice(event->position());
    finishDrag(*event);
    updateCursor();
    update();
}

void CompareView::finishDrag(const QMouseEvent& event)
{
    const Drag ended = drag_;
    drag_ = Drag::None;
    const QPointF way = pointer_ - pressed_;
    const bool click =
        std::max(std::abs(way.x()), std::abs(way.y())) < clickReach * devicePixelRatioF();
    if (ended == Drag::Region) {
        rectangle_.release();
        if (rectangle_.region() != regionBeforeDrag_)
            Q_EMIT regionChanged(rectangle_.region());
    } else if (ended == Drag::Pan && click && showsSplit() && event.button() == Qt::LeftButton &&
               dragPane_.side != Side::Companion) {
        splitBeforeClick_ = split_;
        dragSplit(pointer_.x());
    }
}

void CompareView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || beforeImage_.isEmpty())
        return;
    const QPointF position = toDevice(event->position());
    const auto shown = panes();
    const Pane* pane = paneAt(shown, position);
    const bool onLine = showsSplit() && !splitBeforeClick_ && splitLine().isHit(position);
    if (pane == nullptr || onLine)
        return;
    if (splitBeforeClick_)
        setSplitPosition(*splitBeforeClick_);
    const QPointF anchor = position - pane->rect.topLeft();
    moveCamera([&] {
        if (viewport_.isFit())
            viewport_.zoomTo(1.0, anchor);
        else
            viewport_.fit();
    });
    updateCursor();
}

void CompareView::dragRegion(const QMouseEvent& event)
{
    const auto before = rectangle_.region();
    rectangle_.move(mapFor(dragPane_), {pointer_, event.modifiers()});
    if (rectangle_.region() == before)
        return;
    update();
    Q_EMIT regionDragged(rectangle_.region());
}

void CompareView::dragSplit(double x)
{
    const QRect shared = comparisonRect(deviceSize(), layoutOptions());
    setSplitPosition(x / std::max(1, shared.width()));
}

void CompareView::cancelDrag()
{
    const bool changed =
        drag_ == Drag::Region && rectangle_.cancel() && regionBeforeDrag_ == rectangle_.region();
    drag_ = Drag::None;
    updateCursor();
    update();
    if (changed)
        Q_EMIT regionDragged(rectangle_.region());
}

void CompareView::focusOutEvent(QFocusEvent* event)
{
    spaceHeld_ = false;
    updateCursor();
    QWidget::focusOutEvent(event);
}

void CompareView::leaveEvent(QEvent* event)
{
    hovered_ = false;
    update();
    Q_EMIT cursorMoved(QPoint(-1, -1));
    QWidget::leaveEvent(event);
}

void CompareView::updateCursor()
{
    const auto shown = panes();
    const Pane* pane = paneAt(shown, pointer_);
    const bool movable = !viewport_.isFit();
    if (beforeImage_.isEmpty() || pane == nullptr)
        unsetCursor();
    else if (drag_ == Drag::Pan)
        setCursor(Qt::ClosedHandCursor);
    else if (drag_ == Drag::Split ||
             (drag_ == Drag::None && !spaceHeld_ && showsSplit() && splitLine().isHit(pointer_)))
        setCursor(Qt::SplitHCursor);
    else if (pans(Qt::LeftButton))
        setCursor(movable || spaceHeld_ ? Qt::OpenHandCursor : Qt::ArrowCursor);
    else
        setCursor(rectangle_.cursor(mapFor(*pane), {pointer_, Qt::NoModifier}));
}

void CompareView::reportCursor(QPointF position)
{
    const auto shown = panes();
    QPoint pixel(-1, -1);
    if (const Pane* pane = paneAt(shown, position)) {
        const QPointF at = mapFor(*pane).toImage(position);
        const Point found{static_cast<int>(std::floor(at.x())),
                          static_cast<int>(std::floor(at.y()))};
        if (wholeOf(beforeImage_.size()).contains(found))
            pixel = {found.x, found.y};
    }
    Q_EMIT cursorMoved(pixel);
}

} // namespace limpid::ui
