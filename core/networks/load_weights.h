// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancellation.h"
#include "core/base/result.h"
#include "core/checkpoint/safetensors.h"
#include "core/networks/make_uninitialized.h"

#include <torch/nn/module.h>
#include <torch/types.h>

#include <functional>
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
    bool strict = true;   ///< ModelMismatch unless the report is exact; the module stays untouched.
    std::string prefix{}; ///< "unet." fills a U-Net from a whole model; other names are left alone.
    /// Told after every tensor, in bytes of the file, of what belongs to the module.
    std::function<void(std::uint64_t done, std::uint64_t total)> progress{};
};

/// How a file would meet a module, which may be one without storage (device "meta").
WeightReport compareWeights(const torch::nn::Module& module, const checkpoint::TensorIndex& found,
                            const std::string& prefix = {});

/// Copies a file's tensors into the parameters and buffers of the same name, converting each to the
/// element type and device found there. Asks the token per tensor and throws Cancelled. Needs no
/// more memory than the largest tensor. FileUnreadable, ModelDamaged: the module is half filled.
[[nodiscard]] Result<WeightReport> loadWeights(torch::nn::Module& module,
                                               const checkpoint::SafetensorsFile& file,
                                               const CancelToken& token,
                                               const LoadOptions& options = {});

/// Builds a network in its final type and place and fills it. Names and shapes are compared before
/// anything is allocated, so a small file cannot ask for a large network.
/// `loadNetwork<Unet>(file, {torch::kBFloat16}, token, {.prefix = "unet."}, config.unet)`
template<class Holder, class... Arguments>
[[nodiscard]] Result<Holder>
loadNetwork(const checkpoint::SafetensorsFile& file, const torch::TensorOptions& where,
            const CancelToken& token, const LoadOptions& options, const Arguments&... arguments);

/// ModelMismatch with the first few names unless the report is exact.
[[nodiscard]] Result<void> requireExact(const WeightReport& report);

/// Writes parameters and buffers by their names. Floating-point tensors become `dtype`, others keep
/// their type. Atomic; ModelDamaged unless each is finite as `dtype`, FileUnwritable, DiskFull.
[[nodiscard]] Result<void> saveWeights(const torch::nn::Module& module,
                                       const std::filesystem::path& path, checkpoint::DType dtype,
                                       const std::map<std::string, std::string>& metadata);

/// A contiguous tensor of the CPU as it is written to a file; it keeps the bytes.
checkpoint::TensorBytes bytesOf(const torch::Tensor& contiguous);

/// One tensor of a file on the CPU in the file's element type. FileUnreadable, ModelDamaged.
[[nodiscard]] Result<torch::Tensor> readTensor(const checkpoint::SafetensorsFile& file,
                                               const checkpoint::TensorEntry& entry);

template<class Holder, class... Arguments>
Result<Holder> loadNetwork(const checkpoint::SafetensorsFile& file,
                           const torch::TensorOptions& where, const CancelToken& token,
                           const LoadOptions& options, const Arguments&... arguments)
{
    const auto sketch = makeUninitialized<Holder>(torch::device(torch::kMeta), arguments...);
    if (auto fits = requireExact(compareWeights(*sketch, file.index(), options.prefix)); !fits)
        return tl::unexpected(fits.error());
    auto network = makeUninitialized<Holder>(where, arguments...);
    if (auto loaded = loadWeights(*network, file, token, options); !loaded)
        return tl::unexpected(loaded.error());
    return network;
}

} // namespace limpid::networks
