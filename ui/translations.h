// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QCoreApplication;

namespace limpid::ui {

/// Makes the program speak this language ("de"); when empty, that of LIMPID_LANG, else that of the
/// system. Numbers follow. English when there is no translation. Before the first widget.
void installTranslations(QCoreApplication& application, const QString& language);

} // namespace limpid::ui
