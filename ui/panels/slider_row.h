// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

class QDoubleSpinBox;
class QLabel;
class QSlider;

namespace limpid::ui {

/// A number a person may choose.
struct SliderRange {
    double minimum = 0;
    double maximum = 1;
    double step = 0.01;
    double defaultValue = 0;
    int decimals = 2;
    QString unit{}; ///< With its space: " px".
};

/// A named number with slider and field. A double click on the name sets the default back, which
/// a mark on the slider shows. The wheel changes the value only while Shift is held, so that
/// scrolling the panel changes nothing.
class SliderRow : public QWidget {
    Q_OBJECT
public:
    explicit SliderRow(const QString& name, QWidget* parent = nullptr);

    void setRange(const SliderRange& range);
    /// Words below the two ends of the slider.
    void setCaptions(const QString& low, const QString& high);

    double value() const;
    void setValue(double value); ///< Clamped; says so only if it changed.
    void reset();

Q_SIGNALS:
    void valueChanged(double value); ///< By the user or by setValue.

protected:
    bool eventFilter(QObject* target, QEvent* event) override;

private:
    int notch(double value) const;
    void build(const QString& name);

    SliderRange range_;
    double value_ = 0;
    QLabel* name_ = nullptr;
    QDoubleSpinBox* field_ = nullptr;
    QSlider* slider_ = nullptr;
    QWidget* captions_ = nullptr;
    QLabel* low_ = nullptr;
    QLabel* high_ = nullptr;
};

} // namespace limpid::ui
