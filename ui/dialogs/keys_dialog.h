// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions.h"

#include <QDialog>

namespace limpid::ui {

/// Lists every key, made from the table of actions, and what the mouse does.
class KeysDialog : public QDialog {
    Q_OBJECT
public:
    explicit KeysDialog(const Actions& actions, QWidget* parent = nullptr);
};

} // namespace limpid::ui
