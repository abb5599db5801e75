// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/method_spec.h"

#include <QString>

#include <vector>

namespace limpid::ui {

/// "CPU: AMD EPYC 9R14", "GPU 0: NVIDIA A100".
QString deviceName(const engine::DeviceInfo& device);

/// Why a device is not used and what helps, in sentences; empty for a usable one.
QString whyUnused(const engine::DeviceInfo& device);

/// What "auto" comes to now: the first GPU that can be used, else the CPU. Null when there is none.
const engine::DeviceInfo* automaticDevice(const std::vector<engine::DeviceInfo>& devices);

/// Whether there is something to choose.
bool hasUsableGpu(const std::vector<engine::DeviceInfo>& devices);

} // namespace limpid::ui
