// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/peek_key.h"

#include <QApplication>
#include <QKeyEvent>
#include <QWidget>

namespace limpid::ui {

namespace {
constexpr auto peekKey = Qt::Key_Backslash;
constexpr qint64 tapMilliseconds = 250;
} // namespace

PeekKey::PeekKey(QWidget& window) : QObject(&window), window_(window)
{
    qApp->installEventFilter(this);
}

void PeekKey::setShowing(bool showing)
{
    if (showing == showing_)
        return;
    showing_ = showing;
    Q_EMIT changed(showing);
}

/// Where AltGr makes the backslash and is let go first, the key itself goes up as another one.
bool PeekKey::isPeek(const QKeyEvent& key) const
{
    const bool isSameKey = place_ != 0 && key.nativeScanCode() == place_;
    return key.key() == peekKey || (down_ && isSameKey);
}

bool PeekKey::eventFilter(QObject* target, QEvent* event)
{
    if (event->type() == QEvent::WindowDeactivate && target == &window_ && down_) {
        down_ = false; // its release goes to another window
        setShowing(wasShowing_);
    }
    const bool press = event->type() == QEvent::KeyPress;
    if ((!press && event->type() != QEvent::KeyRelease) || !target->isWidgetType() ||
        static_cast<QWidget*>(target)->window() != &window_)
        return false;
    const auto* key = static_cast<QKeyEvent*>(event);
    if (!isPeek(*key))
        return false;
    if (key->isAutoRepeat())
        return true;
    if (press && !down_) {
        down_ = true;
        place_ = key->nativeScanCode();
        wasShowing_ = showing_;
        held_.start();
        setShowing(true);
    } else if (!press && down_) {
        down_ = false;
        setShowing(held_.elapsed() < tapMilliseconds ? !wasShowing_ : wasShowing_);
    }
    return true;
}

} // namespace limpid::ui
