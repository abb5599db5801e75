// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/state/settings.h"

#include <QPalette>

class QApplication;

namespace limpid::ui {

/// Neutral grays with one blue for what is active: nothing near the photo tints how it is seen.
QPalette lightPalette();
QPalette darkPalette();

/// Gives the application its style and its colors; may be called again at any time.
class ThemeSwitch {
public:
    /// Remembers what the system prefers, so before the first apply().
    explicit ThemeSwitch(QApplication& application);

    void apply(Theme theme);
    bool isDark(Theme theme) const;

private:
    QApplication& application_;
    bool systemIsDark_;
};

} // namespace limpid::ui
