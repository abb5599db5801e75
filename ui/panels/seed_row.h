// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/state/document.h"

#include <QWidget>

class QSpinBox;
class QToolButton;

namespace limpid::ui {

/// The seed of the noise: typed, thrown by the dice, or new for every run when it is unlocked.
class SeedRow : public QWidget {
    Q_OBJECT
public:
    explicit SeedRow(Document& document, QWidget* parent = nullptr);

private:
    void showSeed();
    void showLock(bool locked);

    Document& document_;
    QToolButton* lock_ = nullptr;
    QSpinBox* seed_ = nullptr;
};

} // namespace limpid::ui
