// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/device_row.h"

#include "ui/panels/form_parts.h"
#include "ui/state/device_text.h"
#include "ui/state/format_text.h"

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
    build();
    setVisible(false);
    connect(choice_, &QComboBox::activated, this, [this](int index) {
        const auto id = choice_->itemData(index).toString().toStdString();
        left_->hide();
        choose(id);
        Q_EMIT chosen(id);
    });
    connect(&document_, &Document::settingsChanged, this, &DeviceRow::showSettings);
}

void DeviceRow::build()
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
    left_ = captionLabel({});
    left_->setObjectName(QStringLiteral("leftDevice"));
    left_->setTextFormat(Qt::PlainText);
    left_->setWordWrap(true);
    left_->hide();
    line_ = new QHBoxLayout;
    line_->addWidget(name_);
    line_->addWidget(choice_, 1);
    line_->addWidget(only_, 1);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addLayout(line_);
    rows->addWidget(left_);
}

void DeviceRow::setDevices(const std::vector<engine::DeviceInfo>& devices)
{
    const bool isFirst = devices_.empty();
    devices_ = devices;
    if (!devices_.empty())
        leaveUnusable(isFirst);
    const bool several = hasUsableGpu(devices_);
    if (several)
        fillChoice();
    else
        showOnly();
    choice_->setVisible(several);
    only_->setVisible(!several);
    line_->setAlignment(name_, several ? Qt::AlignVCenter : Qt::AlignTop);
    setVisible(automaticDevice(devices_) != nullptr);
}

void DeviceRow::leaveUnusable(bool isRemembered)
{
    const auto wanted = document_.settings().device;
    const auto device = std::ranges::find(devices_, wanted, &engine::DeviceInfo::id);
    if (wanted == automatic.toStdString() || (device != devices_.end() && device->usable))
        return;
    choose(automatic.toStdString());
    if (!isRemembered)
        return;
    left_->setText(whyLeft(wanted));
    left_->show();
    if (device == devices_.end())
        Q_EMIT chosen(automatic.toStdString());
}

QString DeviceRow::whyLeft(const std::string& id) const
{
    const auto device = std::ranges::find(devices_, id, &engine::DeviceInfo::id);
    if (device == devices_.end())
        return tr("%1, chosen at an earlier start, is not there any more. The device is chosen "
                  "automatically now.")
            .arg(deviceText(id));
    return tr("%1, chosen at an earlier start, cannot be used: %2 The device is chosen "
              "automatically now.")
        .arg(deviceText(id), whyUnused(*device));
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
