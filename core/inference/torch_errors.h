// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <exception>

namespace limpid::inference {

/// What an exception out of LibTorch or a method means: OutOfMemory when an allocation failed on
/// any device, DeviceUnavailable when a GPU or its driver broke down, ModelDamaged when a network
/// answered with NaN, else Internal, as when a GPU's library refuses what it is asked for. Without
/// backtrace.
Error toError(const std::exception& exception);

} // namespace limpid::inference
