// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/state/document.h"

#include <QWidget>

class QAction;
class QLabel;
class QPushButton;
class QToolButton;

namespace limpid::ui {

class MarkedSlider;

struct StepActions {
    QAction& previous;
    QAction& next;
    QAction& keep;
};

/// A slim bar below the photo to look at every step of a run, while it runs and afterwards, and
/// to keep one that looks better than the last, or the newest of a run that was cancelled. Hidden
/// when there is no photo.
class StepPanel : public QWidget {
    Q_OBJECT
public:
    StepPanel(Document& document, const StepActions& actions, QWidget* parent = nullptr);

private:
    void refresh();
    QString positionText() const;
    QString qualityText() const;

    Document& document_;
    MarkedSlider* slider_ = nullptr;
    QLabel* position_ = nullptr;
    QLabel* quality_ = nullptr;
    QPushButton* keep_ = nullptr;
};

} // namespace limpid::ui
