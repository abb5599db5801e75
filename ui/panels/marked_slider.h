// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSlider>

namespace limpid::ui {

/// A horizontal slider with a small mark at one value, and that jumps to where it is clicked.
class MarkedSlider : public QSlider {
    Q_OBJECT
public:
    explicit MarkedSlider(QWidget* parent = nullptr) : QSlider(Qt::Horizontal, parent) {}

    void setMark(int value);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    int positionOf(int value) const;

    int mark_ = -1;
};

} // namespace limpid::ui
