// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/seed_row.h"

#include "ui/line_icon.h"
#include "ui/panels/form_parts.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QRandomGenerator>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>

#include <limits>

namespace limpid::ui {

namespace {
constexpr int fieldWidth = 88;
constexpr int diceBound = 1'000'000;
} // namespace

SeedRow::SeedRow(Document& document, QWidget* parent) : QWidget(parent), document_(document)
{
    auto* name = new QLabel(tr("Seed"));
    name->setToolTip(tr("The same seed and settings give the same picture"));
    seed_ = new QSpinBox;
    seed_->setObjectName(QStringLiteral("seed"));
    seed_->setAccessibleName(tr("Seed"));
    seed_->setRange(0, std::numeric_limits<int>::max());
    seed_->setButtonSymbols(QAbstractSpinBox::NoButtons);
    seed_->setAlignment(Qt::AlignRight);
    seed_->setFixedWidth(fieldWidth);
    shieldFromWheel(seed_);
    auto* dice = iconButton(QStringLiteral("dice"), tr("Another seed"));
    dice->setObjectName(QStringLiteral("dice"));
    lock_ = iconButton(QStringLiteral("lock"), {});
    lock_->setObjectName(QStringLiteral("lock"));
    lock_->setCheckable(true);
    lock_->setChecked(document_.isSeedLocked());

    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(name, 1);
    line->addWidget(lock_);
    line->addWidget(dice);
    line->addWidget(seed_);
    connect(dice, &QToolButton::clicked, this,
            [this] { seed_->setValue(QRandomGenerator::global()->bounded(diceBound)); });
    connect(lock_, &QToolButton::toggled, this, [this](bool locked) {
        document_.setSeedLocked(locked);
        showLock(locked);
    });
    connect(seed_, &QSpinBox::valueChanged, this, [this](int seed) {
        auto settings = document_.settings();
        settings.seed = static_cast<std::uint64_t>(seed);
        document_.setSettings(settings);
    });
    connect(&document_, &Document::settingsChanged, this, &SeedRow::showSeed);
    showSeed();
    showLock(document_.isSeedLocked());
}

void SeedRow::showSeed()
{
    const QSignalBlocker quiet(seed_);
    seed_->setValue(static_cast<int>(document_.settings().seed));
}

void SeedRow::showLock(bool locked)
{
    lock_->setIcon(lineIcon(locked ? QStringLiteral("lock") : QStringLiteral("unlock")));
    const QString tip = locked ? tr("The seed is kept: click to use a new one for every run")
                               : tr("Every run gets a new seed: click to keep this one");
    lock_->setToolTip(tip);
    lock_->setAccessibleName(tip);
}

} // namespace limpid::ui
