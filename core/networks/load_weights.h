// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancellation.h"
#include "core/base/result.h"
#include "core/checkpoint/safetensors.h"

#include <torch/torch.h>

#include <map>
#include <string>
#include <vector>

namespace limpid::networks {

/// How the names and shapes of a file met those of a module.
struct WeightReport {
    std::vector<std::string> missing;    ///< In the module, not in the file.
    std::vector<std::string> unexpected; ///< In the file, not in the module.
    std::vector<std::string> misshaped;  ///< "name: want [2, 3], got [3, 2]".

    bool isExact() const { return missing.empty() && unexpected.empty() && misshaped.empty(); }
};

struct LoadOptions {
    bool strict = true; ///< ModelMismatch unless the report is exact; the module stays untouched.
};

/// Copies a file's tensors into the parameters and buffers of the same name, converting each to the
/// element type and device found there. Asks the token per tensor and throws Cancelled.
[[nodiscard]] Result<WeightReport> loadWeights(torch::nn::Module& module,
                                               const checkpoint::SafetensorsFile& file,
                                               const CancelToken& token,
                                               const LoadOptions& options = {});

/// Writes parameters and buffers by their names. Floating-point tensors become `dtype`, others keep
/// their type. Atomic; FileUnwritable, DiskFull.
[[nodiscard]] Result<void> saveWeights(const torch::nn::Module& module,
                                       const std::filesystem::path& path, checkpoint::DType dtype,
                                       const std::map<std::string, std::string>& metadata);

/// One tensor of a file on the CPU in the file's element type. No view of the file.
torch::Tensor readTensor(const checkpoint::SafetensorsFile& file,
                         const checkpoint::TensorEntry& entry);

} // namespace limpid::networks
