// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancellation.h"
#include "core/methods/method_registry.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace limpid::inference {

/// A method with its weights on a device.
struct LoadedModel {
    std::unique_ptr<methods::RestorationMethod> method;
    torch::Device device = torch::kCPU;
    bool bf16 = false; ///< Its answers stay right in bf16.
};

/// Which weights are wanted, and where.
struct ModelQuery {
    std::string model{}; ///< Catalog id; empty: the method's default.
    torch::Device device = torch::kCPU;
};

/// Keeps the model that was used last, since two large ones need not fit into memory. Inference
/// thread only, hence no lock.
class ModelCache {
public:
    /// The folders with a catalog.json, the program's own first; those that are missing hold none.
    explicit ModelCache(std::vector<std::filesystem::path> folders) : folders_(std::move(folders))
    {}

    /// ModelMissing, ModelDamaged, ModelMismatch, with the path; throws Cancelled and LibTorch's
    /// exceptions. Checksums are verified here, except those of large files, which were verified
    /// when they were imported.
    [[nodiscard]] Result<LoadedModel*> find(const methods::MethodEntry& entry,
                                            const ModelQuery& query, const CancelToken& token);

    /// Forgets the model, which is loaded again when it is wanted.
    void drop() { loaded_.reset(); }

private:
    Result<std::filesystem::path> fileOf(const std::string& method, const std::string& model) const;
    Result<LoadedModel> load(const methods::MethodEntry& entry, const std::string& model,
                             const CancelToken& token) const;

    std::vector<std::filesystem::path> folders_;
    std::string kept_; ///< Method and model of loaded_.
    std::optional<LoadedModel> loaded_;
};

} // namespace limpid::inference
