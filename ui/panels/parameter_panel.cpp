// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/parameter_panel.h"

#include "ui/line_icon.h"
#include "ui/panels/slider_row.h"
#include "ui/state/method_text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QRandomGenerator>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>
#include <limits>

namespace limpid::ui {

namespace {

constexpr int maxFeatherPixels = 128;
constexpr int defaultFeatherPixels = 16;
constexpr int sectionGap = 16;

QLabel* heading(const QString& text)
{
    auto* label = new QLabel(text);
    label->setProperty("role", QStringLiteral("heading"));
    return label;
}

QToolButton* iconButton(const QString& icon, const QString& tip)
{
    auto* button = new QToolButton;
    button->setIcon(lineIcon(icon));
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setAutoRaise(true);
    return button;
}

QFrame* rule()
{
    auto* line = new QFrame;
    line->setFrameShape(QFrame::HLine);
    line->setFrameShadow(QFrame::Plain);
    line->setForegroundRole(QPalette::Mid);
    return line;
}

/// Swallows the wheel, so that scrolling the panel changes nothing on the way.
class WheelShield : public QObject {
public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject*, QEvent* event) override
    {
        if (event->type() != QEvent::Wheel)
            return false;
        event->ignore();
        return true;
    }
};

void shieldFromWheel(QWidget* field)
{
    field->setFocusPolicy(Qt::StrongFocus);
    field->installEventFilter(new WheelShield(field));
}

int decimalsOf(double step)
{
    return step >= 1 ? 0 : static_cast<int>(std::ceil(-std::log10(step) - 1e-9));
}

} // namespace

ParameterPanel::ParameterPanel(const std::vector<engine::MethodSpec>& methods, Document& document,
                               QWidget* parent)
    : QWidget(parent), methods_(methods), document_(document)
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(16, 16, 16, 16);
    rows->setSpacing(8);
    buildRegion(*rows);
    buildMethod(*rows);
    buildSeed(*rows);
    buildStrength(*rows);
    rows->addStretch();
    connect(&document_, &Document::regionChanged, this, &ParameterPanel::showRegion);
    connect(&document_, &Document::photoChanged, this, &ParameterPanel::showRegion);
    connect(&document_, &Document::settingsChanged, this, &ParameterPanel::showSettings);
    if (!methods_.empty())
        chooseMethod(0);
    showRegion();
}

void ParameterPanel::buildRegion(QVBoxLayout& rows)
{
    region_ = new QLabel;
    region_->setObjectName(QStringLiteral("region"));
    wholePhoto_ = new QPushButton(tr("Whole photo"));
    wholePhoto_->setObjectName(QStringLiteral("wholePhoto"));
    wholePhoto_->setToolTip(tr("Restore everything, not a region"));
    feather_ = new SliderRow(tr("Feather"));
    feather_->setRange({.minimum = 0,
                        .maximum = maxFeatherPixels,
                        .step = 1,
                        .defaultValue = defaultFeatherPixels,
                        .decimals = 0,
                        .unit = tr(" px")});
    feather_->setToolTip(tr("How softly the region fades into the photo around it"));
    auto* line = new QHBoxLayout;
    line->addWidget(region_, 1);
    line->addWidget(wholePhoto_);
    rows.addWidget(heading(tr("Region")));
    rows.addLayout(line);
    rows.addWidget(feather_);
    connect(wholePhoto_, &QPushButton::clicked, this,
            [this] { document_.setRegion(std::nullopt); });
    connect(feather_, &SliderRow::valueChanged, this,
            [this](double pixels) { document_.setFeatherPixels(static_cast<int>(pixels)); });
}

void ParameterPanel::buildMethod(QVBoxLayout& rows)
{
    method_ = new QComboBox;
    method_->setObjectName(QStringLiteral("method"));
    method_->setAccessibleName(tr("Method"));
    method_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    shieldFromWheel(method_);
    for (const auto& spec : methods_) {
        const QString name = methodText(spec.id).name;
        method_->addItem(name);
        method_->setItemData(method_->count() - 1, name, Qt::ToolTipRole);
    }
    bestFor_ = new QLabel;
    bestFor_->setWordWrap(true);
    bestFor_->setProperty("role", QStringLiteral("caption"));
    steps_ = new SliderRow(tr("Steps"));
    steps_->setObjectName(QStringLiteral("steps"));
    steps_->setCaptions(tr("1: faithful"), tr("more: crisper"));
    steps_->setToolTip(tr("One step is a faithful regression: nothing is invented. More steps "
                          "give crisper detail, and take longer."));
    parameters_ = new QVBoxLayout;
    parameters_->setSpacing(8);
    rows.addSpacing(sectionGap - 8);
    rows.addWidget(rule());
    rows.addSpacing(sectionGap - 8);
    rows.addWidget(heading(tr("Method")));
    rows.addWidget(method_);
    rows.addWidget(bestFor_);
    rows.addSpacing(4);
    rows.addWidget(steps_);
    rows.addLayout(parameters_);
    connect(method_, &QComboBox::activated, this, &ParameterPanel::chooseMethod);
    connect(steps_, &SliderRow::valueChanged, this, [this](double steps) {
        auto settings = document_.settings();
        settings.steps = static_cast<int>(steps);
        document_.setSettings(settings);
    });
}

void ParameterPanel::buildSeed(QVBoxLayout& rows)
{
    seed_ = new QSpinBox;
    seed_->setObjectName(QStringLiteral("seed"));
    seed_->setRange(0, std::numeric_limits<int>::max());
    seed_->setAccessibleName(tr("Seed"));
    seed_->setButtonSymbols(QAbstractSpinBox::NoButtons);
    seed_->setAlignment(Qt::AlignRight);
    shieldFromWheel(seed_);
    auto* dice = iconButton(QStringLiteral("dice"), tr("Another seed"));
    dice->setObjectName(QStringLiteral("dice"));
    lock_ = iconButton(QStringLiteral("lock"), {});
    lock_->setObjectName(QStringLiteral("lock"));
    lock_->setCheckable(true);
    auto* line = new QHBoxLayout;
    auto* name = new QLabel(tr("Seed"));
    name->setToolTip(tr("The same seed and settings give the same picture"));
    line->addWidget(name);
    line->addStretch();
    line->addWidget(lock_);
    line->addWidget(dice);
    line->addWidget(seed_);
    seed_->setFixedWidth(112);
    rows.addLayout(line);
    connect(dice, &QToolButton::clicked, this,
            [this] { seed_->setValue(QRandomGenerator::global()->bounded(1'000'000)); });
    connect(lock_, &QToolButton::toggled, this, [this](bool locked) {
        document_.setSeedLocked(locked);
        showSeedLock(locked);
    });
    connect(seed_, &QSpinBox::valueChanged, this, [this](int seed) {
        auto settings = document_.settings();
        settings.seed = static_cast<std::uint64_t>(seed);
        document_.setSettings(settings);
    });
    lock_->setChecked(document_.isSeedLocked());
    showSeedLock(document_.isSeedLocked());
}

void ParameterPanel::buildStrength(QVBoxLayout& rows)
{
    strength_ = new SliderRow(tr("Strength"));
    strength_->setObjectName(QStringLiteral("strength"));
    strength_->setRange({.minimum = 0,
                         .maximum = 100,
                         .step = 1,
                         .defaultValue = 100,
                         .decimals = 0,
                         .unit = tr(" %")});
    strength_->setToolTip(tr("Blends the result with the photo. Changes at once, without a new "
                             "run."));
    rows.addSpacing(sectionGap - 8);
    rows.addWidget(rule());
    rows.addSpacing(sectionGap - 8);
    rows.addWidget(heading(tr("Result")));
    rows.addWidget(strength_);
    connect(strength_, &SliderRow::valueChanged, this,
            [this](double percent) { document_.setStrength(static_cast<float>(percent / 100)); });
}

void ParameterPanel::chooseMethod(int index)
{
    const auto& spec = methods_.at(static_cast<std::size_t>(index));
    while (auto* item = parameters_->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    parameterRows_.clear();
    toggles_.clear();
    bestFor_->setText(methodText(spec.id).bestFor);
    method_->setToolTip(methodText(spec.id).name);
    auto settings = document_.settings();
    settings.method = spec.id;
    settings.steps = spec.defaultSteps;
    settings.parameters.clear();
    document_.setSettings(settings);
    steps_->setRange({.minimum = static_cast<double>(spec.minSteps),
                      .maximum = static_cast<double>(spec.maxSteps),
                      .step = 1,
                      .defaultValue = static_cast<double>(spec.defaultSteps),
                      .decimals = 0});
    for (const auto& parameter : spec.parameters)
        addParameter(parameter);
}

void ParameterPanel::addParameter(const engine::ParameterSpec& spec)
{
    const auto text = parameterText(spec.id);
    const auto id = spec.id;
    if (spec.kind == engine::ParameterSpec::Kind::Toggle) {
        auto* toggle = new QCheckBox(text.name);
        toggle->setObjectName(QString::fromStdString(id));
        toggle->setToolTip(text.hint);
        toggle->setChecked(spec.defaultValue != 0);
        connect(toggle, &QCheckBox::toggled, this,
                [this, id](bool on) { storeParameter(id, on ? 1 : 0); });
        parameters_->addWidget(toggle);
        toggles_[id] = toggle;
        return;
    }
    auto* row = new SliderRow(text.name);
    row->setObjectName(QString::fromStdString(id));
    row->setToolTip(text.hint);
    row->setRange({.minimum = spec.minimum,
                   .maximum = spec.maximum,
                   .step = spec.step,
                   .defaultValue = spec.defaultValue,
                   .decimals = decimalsOf(spec.step),
                   .unit = text.unit});
    connect(row, &SliderRow::valueChanged, this,
            [this, id](double value) { storeParameter(id, value); });
    parameters_->addWidget(row);
    parameterRows_[id] = row;
}

void ParameterPanel::storeParameter(const std::string& id, double value)
{
    auto settings = document_.settings();
    settings.parameters[id] = value;
    document_.setSettings(settings);
}

void ParameterPanel::showRegion()
{
    const auto& region = document_.region();
    wholePhoto_->setEnabled(region.has_value());
    feather_->setEnabled(region.has_value());
    feather_->setValue(document_.featherPixels());
    if (!region) {
        region_->setText(tr("Whole photo"));
        return;
    }
    const Rect& rect = region->rect;
    region_->setText(tr("%1 × %2 px").arg(rect.width).arg(rect.height));
    region_->setToolTip(tr("Upper left corner at %1, %2").arg(rect.x).arg(rect.y));
}

void ParameterPanel::showSettings()
{
    const auto& settings = document_.settings();
    const QSignalBlocker quiet(seed_);
    seed_->setValue(static_cast<int>(settings.seed));
    steps_->setValue(settings.steps);
    for (const auto& [id, value] : settings.parameters) {
        if (const auto row = parameterRows_.find(id); row != parameterRows_.end())
            row->second->setValue(value);
        if (const auto toggle = toggles_.find(id); toggle != toggles_.end())
            toggle->second->setChecked(value != 0);
    }
}

void ParameterPanel::showSeedLock(bool locked)
{
    lock_->setIcon(lineIcon(locked ? QStringLiteral("lock") : QStringLiteral("unlock")));
    const QString tip = locked ? tr("Seed is kept: click to use a new one for every run")
                               : tr("Every run gets a new seed: click to keep this one");
    lock_->setToolTip(tip);
    lock_->setAccessibleName(tip);
}

} // namespace limpid::ui
