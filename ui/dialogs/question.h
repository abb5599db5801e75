// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

class QWidget;

namespace limpid::ui {

/// Something that would be lost, and what to call the two ways on.
struct Question {
    QString text;   ///< What would be lost: a sentence.
    QString advice; ///< How to keep it.
    QString proceed;
    QString stay;
};

/// Asks without blocking and calls `proceed` if the user chooses so. Staying is the default.
void ask(QWidget& parent, const Question& question, std::function<void()> proceed);

} // namespace limpid::ui
