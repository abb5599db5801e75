// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/parameter_panel.h"

#include "ui/panels/device_row.h"
#include "ui/panels/form_parts.h"
#include "ui/panels/parameter_rows.h"
#include "ui/panels/region_section.h"
#include "ui/panels/seed_row.h"
#include "ui/panels/slider_row.h"
#include "ui/state/method_text.h"

#include <QComboBox>
#include <QLabel>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace limpid::ui {

ParameterPanel::ParameterPanel(const std::vector<engine::MethodSpec>& methods, Document& document,
                               QAction& draw, QWidget* parent)
    : QWidget(parent), methods_(methods), document_(document)
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(16, 16, 16, 16);
    rows->setSpacing(8);
    rows->addWidget(new RegionSection(document_, draw));
    addSectionBreak(*rows);
    buildMethod(*rows);
    buildSteps(*rows);
    rows->addWidget(new SeedRow(document_));
    addSectionBreak(*rows);
    buildStrength(*rows);
    rows->addSpacing(8);
    device_ = new DeviceRow(document_); // the last, since it is the one that may be out of sight
    connect(device_, &DeviceRow::chosen, this, &ParameterPanel::deviceChosen);
    rows->addWidget(device_);
    rows->addStretch();
    connect(&document_, &Document::settingsChanged, this, &ParameterPanel::showSettings);
    if (!methods_.empty())
        chooseMethod(0);
}

void ParameterPanel::buildMethod(QVBoxLayout& rows)
{
    method_ = new QComboBox;
    method_->setObjectName(QStringLiteral("method"));
    method_->setAccessibleName(tr("Method"));
    shieldFromWheel(method_);
    for (const auto& spec : methods_) {
        const auto words = methodText(spec.id);
        method_->addItem(words.name);
        method_->setItemData(method_->count() - 1, words.fullName, Qt::ToolTipRole);
    }
    fullName_ = new QLabel;
    fullName_->setWordWrap(true);
    bestFor_ = captionLabel({});
    bestFor_->setObjectName(QStringLiteral("bestFor"));
    bestFor_->setWordWrap(true);
    rows.addWidget(headingLabel(tr("Method")));
    rows.addWidget(method_);
    rows.addWidget(fullName_);
    rows.addWidget(bestFor_);
    connect(method_, &QComboBox::activated, this, [this](int index) {
        if (methods_.at(static_cast<std::size_t>(index)).id != document_.settings().method)
            chooseMethod(index);
    });
}

void ParameterPanel::buildSteps(QVBoxLayout& rows)
{
    steps_ = new SliderRow(tr("Steps"));
    steps_->setObjectName(QStringLiteral("steps"));
    steps_->setCaptions(tr("1: faithful"), tr("more: freer"));
    steps_->setToolTip(
        wrappedTip(tr("One step is a plain regression and stays closest to the photo. More "
                      "steps choose detail more freely, and take longer.")));
    parameters_ = new ParameterRows(document_);
    rows.addSpacing(8);
    rows.addWidget(steps_);
    rows.addWidget(parameters_);
    connect(steps_, &SliderRow::valueChanged, this, [this](double steps) {
        auto settings = document_.settings();
        settings.steps = static_cast<int>(steps);
        document_.setSettings(settings);
    });
}

void ParameterPanel::buildStrength(QVBoxLayout& rows)
{
    auto* strength = new SliderRow(tr("Strength"));
    strength->setObjectName(QStringLiteral("resultStrength"));
    strength->setRange({.minimum = 0,
                        .maximum = 100,
                        .step = 1,
                        .defaultValue = 100,
                        .decimals = 0,
                        .unit = tr(" %")});
    strength->setToolTip(
        wrappedTip(tr("Blends the result with the photo: changes at once, without a new run")));
    rows.addWidget(headingLabel(tr("Result")));
    rows.addWidget(strength);
    connect(strength, &SliderRow::valueChanged, this,
            [this](double percent) { document_.setStrength(static_cast<float>(percent / 100)); });
    connect(&document_, &Document::strengthChanged, strength, [this, strength] {
        const QSignalBlocker quiet(strength);
        strength->setValue(document_.strength() * 100);
    });
}

void ParameterPanel::chooseMethod(int index)
{
    const auto& spec = methods_.at(static_cast<std::size_t>(index));
    auto settings = document_.settings();
    settings.method = spec.id;
    settings.steps = spec.defaultSteps;
    settings.parameters.clear(); // absent: the default
    settings.texts.clear();
    document_.setSettings(settings);
    showSettings(); // also when these were the document's already
}

void ParameterPanel::showMethod(const std::string& id)
{
    const auto spec = std::ranges::find(methods_, id, &engine::MethodSpec::id);
    if (spec == methods_.end())
        return;
    shown_ = id;
    method_->setCurrentIndex(static_cast<int>(spec - methods_.begin()));
    const auto words = methodText(id);
    fullName_->setText(words.fullName);
    bestFor_->setText(words.bestFor);
    {
        const QSignalBlocker quiet(steps_); // the document's own are shown next
        showStepRange(*spec);
    }
    parameters_->build(spec->parameters);
}

void ParameterPanel::showStepRange(const engine::MethodSpec& spec)
{
    steps_->setRange({.minimum = static_cast<double>(spec.minSteps),
                      .maximum = static_cast<double>(spec.maxSteps),
                      .step = 1,
                      .defaultValue = static_cast<double>(spec.defaultSteps),
                      .decimals = 0});
}

void ParameterPanel::setDefaultSteps(const std::string& method, int steps)
{
    const auto spec = std::find_if(methods_.begin(), methods_.end(),
                                   [&](const auto& known) { return known.id == method; });
    if (spec == methods_.end())
        return;
    const int former =
        std::exchange(spec->defaultSteps, std::clamp(steps, spec->minSteps, spec->maxSteps));
    auto settings = document_.settings();
    if (settings.method != method)
        return;
    if (settings.steps == former)
        settings.steps = spec->defaultSteps;
    showStepRange(*spec); // which sets the slider to the default
    document_.setSettings(settings);
}

void ParameterPanel::setCompact(const std::string& method, bool compact)
{
    if (compact)
        compact_.insert(method);
    else
        compact_.erase(method);
    if (document_.settings().method == method)
        parameters_->setCompact(compact);
}

void ParameterPanel::setDevices(const std::vector<engine::DeviceInfo>& devices)
{
    device_->setDevices(devices);
}

void ParameterPanel::showSettings()
{
    if (const auto method = document_.settings().method; method != shown_)
        showMethod(method);
    steps_->setValue(document_.settings().steps);
    // Again: an undone run may bring a setting along that the model in use refuses.
    parameters_->setCompact(compact_.contains(shown_));
}

} // namespace limpid::ui
