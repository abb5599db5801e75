// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions.h"

class QMenu;
class QMenuBar;
class QToolBar;

namespace limpid::ui {

/// Fills the menu bar from the table of actions. `recent` becomes a part of the File menu.
void fillMenuBar(QMenuBar& bar, const Actions& actions, QMenu& recent);

/// The actions that are used all the time, as icons.
void fillToolBar(QToolBar& bar, const Actions& actions);

} // namespace limpid::ui
