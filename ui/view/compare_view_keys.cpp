// SPDX-License-Identifier: GPL-3.0-or-later
// The keys of CompareView.
#include "ui/view/compare_view.h"

#include <QKeyEvent>

#include <cmath>

namespace limpid::ui {

namespace {

constexpr double arrowPan = 64.0;
constexpr double splitStep = 0.02; // of the view's width

QPointF panForKey(int key)
{
    switch (key) {
    case Qt::Key_Left: return {arrowPan, 0};
    case Qt::Key_Right: return {-arrowPan, 0};
    case Qt::Key_Up: return {0, arrowPan};
    case Qt::Key_Down: return {0, -arrowPan};
    default: return {};
    }
}

/// What Alt and a sideways arrow add to the split line's place; 0 for any other key.
double splitForKey(const QKeyEvent& event)
{
    if ((event.modifiers() & ~Qt::KeyboardModifiers(Qt::KeypadModifier)) != Qt::AltModifier)
        return 0.0;
    const int direction = int{event.key() == Qt::Key_Right} - int{event.key() == Qt::Key_Left};
    return splitStep * direction;
}

bool isPlain(const QKeyEvent& event)
{
    return (event.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == 0;
}

ToolKey toolKey(const QKeyEvent& event, const Viewport& viewport)
{
    const QPointF from = viewport.toImage(QPointF(0, 0));
    const QPointF to = viewport.toImage(QPointF(viewport.pane().width(), viewport.pane().height()));
    const Point corner{static_cast<int>(std::floor(from.x())),
                       static_cast<int>(std::floor(from.y()))};
    const Rect visible{corner.x, corner.y, static_cast<int>(std::ceil(to.x())) - corner.x,
                       static_cast<int>(std::ceil(to.y())) - corner.y};
    return {event.key(), event.modifiers(), visible.intersected(wholeOf(viewport.picture()))};
}

} // namespace

bool CompareView::wantsKey(const QKeyEvent& event) const
{
    if (event.key() == Qt::Key_Space)
        return event.modifiers() == Qt::NoModifier;
    if (drag_ == Drag::Region && event.key() == Qt::Key_Escape)
        return true;
    if (showsSplit() && splitForKey(event) != 0.0)
        return true;
    if (regionEditable() && rectangle_.wantsKey(toolKey(event, viewport_)))
        return true;
    return isPlain(event) && !viewport_.isFit() && !panForKey(event.key()).isNull();
}

void CompareView::keyPressEvent(QKeyEvent* event)
{
    if (!wantsKey(*event)) {
        QWidget::keyPressEvent(event);
        return;
    }
    if (event->key() == Qt::Key_Space)
        spaceHeld_ = true;
    else if (event->key() == Qt::Key_Escape)
        cancelDrag();
    else if (showsSplit() && splitForKey(*event) != 0.0)
        setSplitPosition(split_ + splitForKey(*event));
    else if (regionEditable() && rectangle_.wantsKey(toolKey(*event, viewport_)))
        pressToolKey(*event);
    else
        moveCamera([&] { viewport_.panBy(toDevice(panForKey(event->key()))); });
    updateCursor();
}

void CompareView::pressToolKey(const QKeyEvent& event)
{
    const auto before = rectangle_.region();
    rectangle_.pressKey(toolKey(event, viewport_));
    update();
    if (rectangle_.region() != before)
        Q_EMIT regionChanged(rectangle_.region());
}

void CompareView::keyReleaseEvent(QKeyEvent* event)
{
    if (event->key() != Qt::Key_Space) {
        QWidget::keyReleaseEvent(event);
        return;
    }
    if (!event->isAutoRepeat())
        spaceHeld_ = false;
    updateCursor();
}

} // namespace limpid::ui
