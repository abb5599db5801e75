// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/state/document.h"

#include <QWidget>

class QAction;
class QLabel;
class QPushButton;

namespace limpid::ui {

class SliderRow;

/// Which part of the photo is restored: the way to a region, the way back, and its feather.
class RegionSection : public QWidget {
    Q_OBJECT
public:
    /// `draw` chooses the rectangle tool.
    RegionSection(Document& document, QAction& draw, QWidget* parent = nullptr);

private:
    void refresh();

    Document& document_;
    QLabel* extent_ = nullptr;
    QPushButton* draw_ = nullptr;
    QPushButton* wholePhoto_ = nullptr;
    SliderRow* feather_ = nullptr;
};

} // namespace limpid::ui
