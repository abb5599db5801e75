// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/device_row.h"

#include "ui/panels/form_parts.h"
#include "ui/state/device_text.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QStandardItemModel>

#include <algorithm>

namespace limpid::ui {

namespace {

const QString automatic = QStringLiteral("auto");

} // namespace

DeviceRow::DeviceRow(Document& document, QWidget* parent) : QWidget(parent), document_(document)
{
    name_ = new QLabel(tr("Device"));
    choice_ = new QComboBox;
    choice_->setObjectName(QStringLiteral("device"));
    choice_->setAccessibleName(tr("Device"));
    // Names of graphics cards are longer than the panel is wide; the list shows them whole.
    choice_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    shieldFromWheel(choice_);
    only_ = new QLabel;
    only_->setObjectName(QStringLiteral("onlyDevice"));
    only_->setTextFormat(Qt::PlainText);
    only_->setWordWrap(true);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(name_);
    line->addWidget(choice_, 1);
    line->addWidget(only_, 1);
    setVisible(false);
    connect(choice_, &QComboBox::activated, this,
            [this](int index) { choose(choice_->itemData(index).toString().toStdString()); });
    connect(&document_, &Document::settingsChanged, this, &DeviceRow::showSettings);
}

void DeviceRow::setDevices(const std::vector<engine::DeviceInfo>& devices)
{
    devices_ = devices;
    const auto chosen =
        std::ranges::find(devices_, document_.settings().device, &engine::DeviceInfo::id);
    if (chosen == devices_.end() || !chosen->usable)
        choose(automatic.toStdString());
    const bool several = hasUsableGpu(devices_);
    if (several)
        fillChoice();
    else
        showOnly();
    choice_->setVisible(several);
    only_->setVisible(!several);
    layout()->setAlignment(name_, several ? Qt::AlignVCenter : Qt::AlignTop);
    setVisible(automaticDevice(devices_) != nullptr);
}

void DeviceRow::fillChoice()
{
    choice_->clear();
    choice_->addItem(tr("Automatic (%1)").arg(deviceName(*automaticDevice(devices_))), automatic);
    for (const auto& device : devices_) {
        choice_->addItem(deviceName(device), QString::fromStdString(device.id));
        if (device.usable)
            continue;
        const int last = choice_->count() - 1;
        choice_->setItemData(last, wrappedTip(whyUnused(device)), Qt::ToolTipRole);
        qobject_cast<QStandardItemModel*>(choice_->model())->item(last)->setEnabled(false);
    }
    showSettings();
}

void DeviceRow::showOnly()
{
    QString why;
    for (const auto& device : devices_)
        if (why.isEmpty())
            why = whyUnused(device);
    const auto* device = automaticDevice(devices_);
    only_->setText(device ? breakable(deviceName(*device)) : QString());
    setToolTip(wrappedTip(why));
    only_->setAccessibleDescription(why);
}

void DeviceRow::choose(const std::string& id)
{
    auto settings = document_.settings();
    settings.device = id;
    document_.setSettings(settings);
}

void DeviceRow::showSettings()
{
    const QSignalBlocker quiet(choice_);
    choice_->setCurrentIndex(
        choice_->findData(QString::fromStdString(document_.settings().device)));
    const auto shown = choice_->currentText();
    if (hasUsableGpu(devices_))
        setToolTip(wrappedTip(shown));
}

} // namespace limpid::ui
