// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/job_runner.h"
#include "core/engine/method_spec.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

namespace limpid::inference {

struct RunnerOptions {
    std::filesystem::path modelsFolder;      ///< Holds catalog.json and the weights.
    std::filesystem::path userModels{};      ///< Likewise, what the user imported; may be missing.
    int tilePixels = 768;                    ///< Side of the largest tile handed to a network.
    std::int64_t historyBytes = 512LL << 20; ///< Budget for the steps kept of the last job.
    /// Told what listDevices() would say, once the runner is built and when a device failed. Empty:
    /// no GPU is tried before a job that does not name the CPU. Inference thread.
    std::function<void(const std::vector<engine::DeviceInfo>&)> devicesChanged{};
};

/// The LibTorch runner. Call on the inference thread: it opens the CUDA libraries if a driver is
/// there, and owns every tensor and module from then on.
std::unique_ptr<engine::JobRunner> makeTorchRunner(const RunnerOptions& options);

/// Devices tensors can live on, with the reason for those that cannot be used: the CPU, then the
/// GPUs; where there is none, one that is not usable says why. Inference thread.
std::vector<engine::DeviceInfo> listDevices();

/// The methods this build knows, from the registry. Loads no weights; any thread.
std::vector<engine::MethodSpec> methodSpecs();

} // namespace limpid::inference
