// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QString>

namespace limpid::ui {

/// What the core's English detail of a failure tells a person. Plain text: it may hold file names.
struct ErrorCause {
    QString why;    ///< A sentence; empty: the detail says no more than the code, or only in terms
                    ///< of the program.
    QString remedy; ///< What to do about just this cause; empty: what the code advises.
};

ErrorCause causeOf(const Error& error);

} // namespace limpid::ui
