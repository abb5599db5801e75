// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QString>

namespace limpid::ui {

/// What a person reads about a failure. Plain text: never to be shown as rich text, because it
/// holds file names.
struct ErrorText {
    QString reason;  ///< One sentence: what happened, with the file's name where there is one.
    QString cause{}; ///< Why, in a sentence; empty where the core knows it in technical terms only.
    QString remedy;  ///< What to do about it.

    /// Cause and remedy, for the second line of a message.
    QString advice() const;
};

ErrorText describe(const Error& error);

} // namespace limpid::ui
