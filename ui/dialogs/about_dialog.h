// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/method_spec.h"

#include <QDialog>

#include <vector>

namespace limpid::ui {

/// What the program is, what it does with photos (nothing leaves the computer), which methods it
/// has and whose they are, and its licence.
class AboutDialog : public QDialog {
    Q_OBJECT
public:
    explicit AboutDialog(const std::vector<engine::MethodSpec>& methods, QWidget* parent = nullptr);
};

} // namespace limpid::ui
