// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/engine/method_spec.h"

#include <c10/core/Device.h>

#include <exception>
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

/// Why a GPU is not used whose self-test ended like this. Empty where only its memory was full,
/// which passes: each job finds out by itself.
std::string reasonAgainst(const std::exception& failure);

/// Where tensors can live, as far as this process knows by now. Inference thread.
class Devices {
public:
    /// Opens the CUDA library and tries every GPU; the log says why the CPU has to do it all.
    Devices();

    /// These GPUs, unseen.
    explicit Devices(std::vector<engine::DeviceInfo> gpus);

    /// The CPU, then the GPUs. Where there is none, one that is not usable and says why.
    std::vector<engine::DeviceInfo> all() const;

    /// The device a request names: "cpu", "cuda:0" or for short "cuda", or "auto" for the first
    /// usable GPU, else the CPU. DeviceUnavailable with the reason; InvalidRequest.
    [[nodiscard]] Result<c10::Device> choose(const std::string& id) const;

    /// A GPU that failed: every later call of that GPU would fail, too, until the program ends.
    void exclude(const c10::Device& gpu, const std::string& reason);

private:
    std::vector<engine::DeviceInfo> gpus_;
};

} // namespace limpid::inference
