// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/networks/deblurdiff_model.h"

#include <nlohmann/json.hpp>
#include <torch/torch.h>

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace limpid::parity {

/// The tensors of one safetensors file, and which of them have been looked at.
class TensorFile {
public:
    explicit TensorFile(const std::filesystem::path& path);

    bool has(const std::string& name) const { return tensors_.contains(name); }

    /// Counts as looked at. A missing name throws Failure.
    torch::Tensor at(const std::string& name);

    /// Names that begin with the prefix, in order.
    std::vector<std::string> names(const std::string& prefix = {}) const;

    std::vector<std::string> untouched() const;

    /// For tensors that are deliberately not matched.
    void ignore(const std::string& name) { touched_.insert(name); }

private:
    std::filesystem::path path_;
    std::map<std::string, torch::Tensor> tensors_;
    std::set<std::string> touched_;
};

/// A folder of reference data. Everything is read when it is first asked for.
class ParitySet {
public:
    /// Reads config.json.
    explicit ParitySet(std::filesystem::path folder);

    const networks::DeblurDiffConfig& config() const { return config_; }
    const nlohmann::json& rawConfig() const { return rawConfig_; }

    /// All networks with the weights of weights/model.safetensors, in float32 on the CPU.
    networks::DeblurDiffModel& model();

    /// The submodule under a dotted path such as "unet.input_blocks.1.0". Throws Failure.
    template<class Module>
    Module& module(const std::string& path)
    {
        auto* const found = moduleAt(path)->as<Module>();
        TORCH_CHECK(found != nullptr, path, " is not of the expected class");
        return *found;
    }

    /// `path` is relative to the folder, such as "golden/eac.safetensors".
    TensorFile& tensors(const std::string& path);
    const nlohmann::json& json(const std::string& path);
    std::filesystem::path pathOf(const std::string& path) const { return folder_ / path; }
    bool has(const std::string& path) const;

    /// The files of golden/ that nobody opened, and the tensors that nobody looked at.
    std::vector<std::string> unchecked() const;

private:
    std::shared_ptr<torch::nn::Module> moduleAt(const std::string& path);

    std::filesystem::path folder_;
    nlohmann::json rawConfig_;
    networks::DeblurDiffConfig config_;
    std::optional<networks::DeblurDiffModel> model_;
    std::map<std::string, std::shared_ptr<torch::nn::Module>> modules_;
    std::map<std::string, TensorFile> tensors_;
    std::map<std::string, nlohmann::json> json_;
};

} // namespace limpid::parity
