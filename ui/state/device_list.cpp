// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/device_list.h"

namespace limpid::ui {

DeviceList::DeviceList(QObject* parent) : QObject(parent) {}

void DeviceList::report(const std::vector<engine::DeviceInfo>& devices)
{
    QMetaObject::invokeMethod(
        this,
        [this, devices] {
            devices_ = devices;
            Q_EMIT changed();
        },
        Qt::QueuedConnection);
}

} // namespace limpid::ui
