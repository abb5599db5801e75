// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/parameter_rows.h"

#include "ui/panels/form_parts.h"
#include "ui/panels/slider_row.h"
#include "ui/state/compact_models.h"
#include "ui/state/method_text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace limpid::ui {

namespace {

constexpr int rowGap = 8;

int decimalsOf(double step)
{
    return step >= 1 ? 0 : static_cast<int>(std::ceil(-std::log10(step) - 1e-9));
}

QVBoxLayout* column(QWidget* parent)
{
    auto* rows = new QVBoxLayout(parent);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(rowGap);
    return rows;
}

} // namespace

ParameterRows::ParameterRows(Document& document, QWidget* parent)
    : QWidget(parent), document_(document)
{
    auto* rows = column(this);
    plain_ = new QVBoxLayout;
    plain_->setSpacing(rowGap);
    more_ = new QToolButton;
    more_->setObjectName(QStringLiteral("more"));
    more_->setText(tr("Expert settings"));
    more_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    more_->setArrowType(Qt::RightArrow);
    more_->setCheckable(true);
    more_->setAutoRaise(true);
    auto* hidden = new QWidget;
    hidden->setVisible(false);
    advanced_ = column(hidden);
    rows->addLayout(plain_);
    rows->addWidget(more_);
    rows->addWidget(hidden);
    connect(more_, &QToolButton::toggled, this, [this, hidden](bool on) {
        more_->setArrowType(on ? Qt::DownArrow : Qt::RightArrow);
        hidden->setVisible(on);
    });
    connect(&document_, &Document::settingsChanged, this, &ParameterRows::showSettings);
}

void ParameterRows::build(const std::vector<engine::ParameterSpec>& specs)
{
    clear();
    method_ = document_.settings().method;
    specs_ = specs;
    for (const auto& spec : specs_)
        add(spec);
    showSettings();
}

void ParameterRows::setCompact(bool compact)
{
    compact_ = compact;
    for (const auto& spec : specs_)
        if (!isOffered(spec))
            setters_.at(spec.id)(spec.defaultValue);
    showUse();
}

bool ParameterRows::isOffered(const engine::ParameterSpec& spec) const
{
    return !compact_ || servesCompactModels(spec.id);
}

void ParameterRows::add(const engine::ParameterSpec& spec)
{
    using Kind = engine::ParameterSpec::Kind;
    auto* row = spec.kind == Kind::Toggle   ? toggle(spec)
                : spec.kind == Kind::Choice ? choice(spec)
                                            : slider(spec);
    row->setToolTip(wrappedTip(parameterText(spec.id).hint));
    (spec.advanced ? advanced_ : plain_)->addWidget(row);
    rows_[spec.id] = row;
}

QWidget* ParameterRows::slider(const engine::ParameterSpec& spec)
{
    const auto words = parameterText(spec.id);
    auto* row = new SliderRow(words.name);
    row->setObjectName(QString::fromStdString(spec.id));
    row->setRange({.minimum = spec.minimum,
                   .maximum = spec.maximum,
                   .step = spec.step,
                   .defaultValue = spec.defaultValue,
                   .decimals = decimalsOf(spec.step),
                   .unit = words.unit});
    connect(row, &SliderRow::valueChanged, this,
            [this, spec](double value) { store(spec, value); });
    setters_[spec.id] = [row](double value) {
        row->setValue(value);
    };
    return row;
}

QWidget* ParameterRows::toggle(const engine::ParameterSpec& spec)
{
    auto* box = new QCheckBox(parameterText(spec.id).name);
    box->setObjectName(QString::fromStdString(spec.id));
    box->setChecked(spec.defaultValue != 0);
    connect(box, &QCheckBox::toggled, this, [this, spec](bool on) { store(spec, on ? 1 : 0); });
    setters_[spec.id] = [box](double value) {
        box->setChecked(value != 0);
    };
    return box;
}

QWidget* ParameterRows::choice(const engine::ParameterSpec& spec)
{
    auto* row = new QWidget;
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    auto* name = new QLabel(parameterText(spec.id).name);
    auto* box = new QComboBox;
    box->setObjectName(QString::fromStdString(spec.id));
    shieldFromWheel(box);
    name->setBuddy(box);
    for (const auto& id : spec.choices)
        box->addItem(choiceText(id));
    box->setCurrentIndex(static_cast<int>(spec.defaultValue));
    line->addWidget(name);
    line->addWidget(box, 1);
    connect(box, &QComboBox::currentIndexChanged, this,
            [this, spec](int index) { store(spec, index); });
    setters_[spec.id] = [box](double value) {
        box->setCurrentIndex(static_cast<int>(value));
    };
    return row;
}

// A default is not stored, so that going back to it makes the settings equal again.
void ParameterRows::store(const engine::ParameterSpec& spec, double value)
{
    if (isShowing_)
        return;
    auto settings = document_.settings();
    if (value == spec.defaultValue)
        settings.parameters.erase(spec.id);
    else
        settings.parameters[spec.id] = value;
    document_.setSettings(settings);
}

void ParameterRows::showSettings()
{
    const auto& settings = document_.settings();
    if (settings.method != method_)
        return;
    isShowing_ = true;
    for (const auto& spec : specs_) {
        const auto stored = settings.parameters.find(spec.id);
        setters_.at(spec.id)(stored == settings.parameters.end() ? spec.defaultValue
                                                                 : stored->second);
    }
    isShowing_ = false;
    showUse();
}

void ParameterRows::showUse()
{
    for (const auto& spec : specs_) {
        rows_.at(spec.id)->setVisible(isOffered(spec));
        rows_.at(spec.id)->setEnabled(document_.settings().steps >= spec.fromSteps);
    }
    more_->setVisible(std::ranges::any_of(
        specs_, [this](const auto& spec) { return spec.advanced && isOffered(spec); }));
}

void ParameterRows::clear()
{
    for (auto* rows : {plain_, advanced_})
        while (auto* item = rows->takeAt(0)) {
            delete item->widget();
            delete item;
        }
    setters_.clear();
    rows_.clear();
}

} // namespace limpid::ui
