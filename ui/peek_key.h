// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QKeyEvent>
#include <QObject>

namespace limpid::ui {

/// The key that shows the photo as it was: a tap switches it on or off, holding it shows it for as
/// long as it is held. Installed on the application, so that it works wherever the focus is.
class PeekKey : public QObject {
    Q_OBJECT
public:
    explicit PeekKey(QWidget& window);

    bool isShowing() const { return showing_; }
    void setShowing(bool showing);

Q_SIGNALS:
    void changed(bool showing);

protected:
    bool eventFilter(QObject* target, QEvent* event) override;

private:
    bool isPeek(const QKeyEvent& key) const;

    QWidget& window_;
    QElapsedTimer held_;
    bool down_ = false;
    quint32 place_ = 0; // of the key that is down, on the keyboard; 0: not known
    bool showing_ = false;
    bool wasShowing_ = false; // before the key went down
};

} // namespace limpid::ui
