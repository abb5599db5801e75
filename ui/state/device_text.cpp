// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/device_text.h"

#include "ui/state/error_text.h"
#include "ui/state/format_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace limpid::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(DeviceText)
};

bool isUsableGpu(const engine::DeviceInfo& device)
{
    return device.usable && device.id != "cpu";
}

} // namespace

QString deviceName(const engine::DeviceInfo& device)
{
    auto name = QString::fromStdString(device.name);
    if (device.id == "cpu") // behind it stands what it can do, in English
        if (const auto end = name.lastIndexOf(QStringLiteral(" (")); end > 0)
            name.truncate(end);
    return Words::tr("%1: %2").arg(deviceText(device.id), name);
}

QString whyUnused(const engine::DeviceInfo& device)
{
    if (device.usable)
        return {};
    const auto text =
        describe({.code = ErrorCode::DeviceUnavailable, .detail = device.reason, .path = {}});
    return text.cause.isEmpty() ? QString::fromStdString(device.reason) : text.advice();
}

const engine::DeviceInfo* automaticDevice(const std::vector<engine::DeviceInfo>& devices)
{
    const auto gpu = std::ranges::find_if(devices, isUsableGpu);
    if (gpu != devices.end())
        return &*gpu;
    const auto first = std::ranges::find_if(devices, &engine::DeviceInfo::usable);
    return first == devices.end() ? nullptr : &*first;
}

bool hasUsableGpu(const std::vector<engine::DeviceInfo>& devices)
{
    return std::ranges::any_of(devices, isUsableGpu);
}

} // namespace limpid::ui
