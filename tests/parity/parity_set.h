// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/networks/deblurdiff_model.h"
#include "tests/parity/tensor_file.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace limpid::parity {

/// A folder of reference data. Everything is read when it is first asked for.
class ParitySet {
public:
    /// Reads config.json and, where there is one, golden/index.json.
    explicit ParitySet(std::filesystem::path folder);

    const networks::DeblurDiffConfig& config() const { return config_; }
    const nlohmann::json& rawConfig() const { return rawConfig_; }

    /// The strengths of the ControlNet's outputs; empty where the set names none.
    std::vector<double> controlScales() const;

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

    bool hasModule(const std::string& path);

    /// `path` is relative to the folder, such as "golden/eac.safetensors".
    TensorFile& tensors(const std::string& path);
    const nlohmann::json& json(const std::string& path);
    std::filesystem::path pathOf(const std::string& path) const { return folder_ / path; }
    bool has(const std::string& path) const;

    /// The files of golden/ that nobody opened, and the tensors that nobody looked at.
    std::vector<std::string> unchecked() const;

    /// What golden/index.json lists and the folder does not hold.
    std::vector<std::string> missing();

private:
    std::shared_ptr<torch::nn::Module> moduleAt(const std::string& path);

    std::filesystem::path folder_;
    nlohmann::json rawConfig_;
    networks::DeblurDiffConfig config_;
    nlohmann::json index_; ///< Null without golden/index.json.
    std::optional<networks::DeblurDiffModel> model_;
    std::map<std::string, std::shared_ptr<torch::nn::Module>> modules_;
    std::map<std::string, TensorFile> tensors_;
    std::map<std::string, nlohmann::json> json_;
};

} // namespace limpid::parity
