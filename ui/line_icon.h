// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QString>

namespace limpid::ui {

/// The icon resources/icons/<name>.svg in the colors of the application's palette, which it follows
/// when the theme changes. Sharp at every size and scale.
QIcon lineIcon(const QString& name);

/// The program's mark, in its own colors.
QIcon programMark();

} // namespace limpid::ui
