// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/engine/method_spec.h"

#include <c10/core/Device.h>

#include <string>
#include <vector>

namespace limpid::inference {

/// What this process may use of the processor.
struct Processor {
    std::string name; ///< E.g. "AMD EPYC 9R14".
    int cores = 1;    ///< Those this process may run on.
    bool bf16 = false;
};
Processor processor();

/// The device a request names: "cpu", "cuda:0", or "auto" for the first GPU that works, else the
/// CPU. DeviceUnavailable with the reason; InvalidRequest.
[[nodiscard]] Result<c10::Device> chooseDevice(const std::string& id);

} // namespace limpid::inference
