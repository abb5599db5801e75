// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancellation.h"
#include "core/methods/method_registry.h"

#include <filesystem>
#include <map>
#include <memory>
#include <string>

namespace limpid::inference {

/// A method with its weights on a device.
struct LoadedModel {
    std::unique_ptr<methods::RestorationMethod> method;
    torch::Device device = torch::kCPU;
    bool bf16 = false; ///< Its answers stay right under bf16 autocast.
};

/// Methods that were loaded once stay loaded. Inference thread only, hence no lock.
class ModelCache {
public:
    explicit ModelCache(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// The default model of a method, its checksum verified when it is loaded. ModelMissing,
    /// ModelDamaged, ModelMismatch, with the path; throws Cancelled and LibTorch's exceptions.
    [[nodiscard]] Result<LoadedModel*> find(const methods::MethodEntry& entry,
                                            const torch::Device& device, const CancelToken& token);

private:
    Result<LoadedModel> load(const methods::MethodEntry& entry, const CancelToken& token) const;

    std::filesystem::path folder_;
    std::map<std::string, LoadedModel> models_;
};

} // namespace limpid::inference
