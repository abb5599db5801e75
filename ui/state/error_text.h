// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QString>

namespace limpid::ui {

/// What a person reads about a failure. Plain text: never to be shown as rich text, because it
/// holds file names.
struct ErrorText {
    QString reason; ///< One sentence: what happened, with the file's name where there is one.
    QString remedy; ///< What to do about it.
};

ErrorText describe(const Error& error);

} // namespace limpid::ui
