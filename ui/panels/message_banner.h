// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QFrame>
#include <QString>

#include <functional>

class QLabel;
class QPushButton;

namespace limpid::ui {

enum class Tone { Notice, Success, Warning, Problem };

/// What the window has to say.
struct Message {
    Tone tone = Tone::Notice;
    QString text;                   ///< What happened: a sentence, plain text.
    QString advice{};               ///< Why, and what to do; may be empty.
    QString actionText{};           ///< A button, when not empty…
    std::function<void()> action{}; ///< …and what it does.
};

/// The words for a failure, its cause among them, and a button that copies its details for a
/// report.
Message problemMessage(const Error& error);

/// A message above the photo. It covers nothing, interrupts nothing and waits to be closed; a new
/// one takes its place. Screen readers read it aloud when it appears.
class MessageBanner : public QFrame {
    Q_OBJECT
public:
    explicit MessageBanner(QWidget* parent = nullptr);

    void say(const Message& message);

protected:
    void changeEvent(QEvent* event) override;

private:
    void announce();
    void tint();

    Message message_;
    QLabel* icon_ = nullptr;
    QLabel* text_ = nullptr;
    QLabel* advice_ = nullptr;
    QPushButton* action_ = nullptr;
};

} // namespace limpid::ui
