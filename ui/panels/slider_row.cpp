// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/slider_row.h"

#include "ui/panels/form_parts.h"
#include "ui/panels/marked_slider.h"

#include <QDoubleSpinBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace limpid::ui {

namespace {

constexpr int fieldWidth = 88;

} // namespace

SliderRow::SliderRow(const QString& name, QWidget* parent) : QWidget(parent)
{
    build(name);
    setRange({});
    connect(slider_, &QSlider::valueChanged, this,
            [this](int notches) { setValue(range_.minimum + notches * range_.step); });
    connect(field_, &QDoubleSpinBox::valueChanged, this, &SliderRow::setValue);
}

void SliderRow::build(const QString& name)
{
    name_ = new QLabel(name, this);
    name_->setObjectName(QStringLiteral("name"));
    field_ = new QDoubleSpinBox(this);
    slider_ = new MarkedSlider(this);
    captions_ = new QWidget(this);
    low_ = captionLabel({});
    high_ = captionLabel({});
    field_->setFixedWidth(fieldWidth);
    field_->setAlignment(Qt::AlignRight);
    field_->setAccessibleName(name);
    slider_->setAccessibleName(name);
    slider_->setFocusPolicy(Qt::StrongFocus); // not by the wheel
    field_->setFocusPolicy(Qt::StrongFocus);
    for (QWidget* part : {static_cast<QWidget*>(name_), static_cast<QWidget*>(field_),
                          static_cast<QWidget*>(slider_)})
        part->installEventFilter(this);

    auto* ends = new QHBoxLayout(captions_);
    ends->setContentsMargins(0, 0, 0, 0);
    ends->addWidget(low_);
    ends->addStretch();
    ends->addWidget(high_);
    captions_->hide();

    auto* top = new QHBoxLayout;
    top->addWidget(name_, 1);
    top->addWidget(field_);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(4);
    rows->addLayout(top);
    rows->addWidget(slider_);
    rows->addWidget(captions_);
}

void SliderRow::setRange(const SliderRange& range)
{
    range_ = range;
    {
        const QSignalBlocker quietField(field_);
        const QSignalBlocker quietSlider(slider_);
        field_->setDecimals(range.decimals);
        field_->setRange(range.minimum, range.maximum);
        field_->setSingleStep(range.step);
        field_->setSuffix(range.unit);
        slider_->setRange(0, notch(range.maximum));
        slider_->setPageStep(std::max(1, notch(range.maximum) / 10));
        static_cast<MarkedSlider*>(slider_)->setMark(notch(range.defaultValue));
    }
    name_->setToolTip(
        tr("Double-click to set back to %1%2")
            .arg(QLocale().toString(range.defaultValue, 'f', range.decimals), range.unit));
    value_ = std::nan(""); // whatever comes next is a change
    reset();
}

void SliderRow::setCaptions(const QString& low, const QString& high)
{
    low_->setText(low);
    high_->setText(high);
    captions_->setVisible(!low.isEmpty() || !high.isEmpty());
}

double SliderRow::value() const
{
    return value_;
}

void SliderRow::setValue(double value)
{
    const double chosen =
        std::clamp(range_.minimum + notch(value) * range_.step, range_.minimum, range_.maximum);
    {
        const QSignalBlocker quietField(field_);
        const QSignalBlocker quietSlider(slider_);
        if (std::abs(field_->value() - chosen) > range_.step / 1000) // else it is being typed in
            field_->setValue(chosen);
        slider_->setValue(notch(chosen));
    }
    if (chosen == value_)
        return;
    value_ = chosen;
    Q_EMIT valueChanged(chosen);
}

void SliderRow::reset()
{
    setValue(range_.defaultValue);
}

int SliderRow::notch(double value) const
{
    return static_cast<int>(std::lround((value - range_.minimum) / range_.step));
}

bool SliderRow::eventFilter(QObject* target, QEvent* event)
{
    if (target == name_ && event->type() == QEvent::MouseButtonDblClick) {
        reset();
        return true;
    }
    if (event->type() == QEvent::Wheel && target != name_ &&
        !static_cast<QWheelEvent*>(event)->modifiers().testFlag(Qt::ShiftModifier)) {
        event->ignore(); // the panel scrolls
        return true;
    }
    return false;
}

} // namespace limpid::ui
