// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/training/adam_w.h"
#include "core/training/learning_options.h"
#include "core/training/muon.h"

#include <torch/nn/module.h>
#include <torch/types.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace limpid::training {

/// Muon and AdamW with warm-up, cosine and clipping on a module, and an exponential moving average
/// of its weights in a second module of the same kind. Parameters without gradients stay as they
/// are; those that ask for none, in the average, too.
class Optimization {
public:
    /// Moves both modules to the device, their weights to channels-last memory, and copies the
    /// weights into `average`. `lastLayers` of the model are for AdamW in any case: Muon moves a
    /// layer by the same amount however small its gradient is, which at an output is noise.
    Optimization(std::shared_ptr<torch::nn::Module> model,
                 std::shared_ptr<torch::nn::Module> average, const LearningOptions& options,
                 const std::vector<torch::Tensor>& lastLayers = {});

    /// Copies the weights into the average.
    void restartAverage();

    /// One step down a scalar loss.
    void descend(const torch::Tensor& loss);

    std::int64_t stepsDone() const { return stepsDone_; }

    /// All that a resumed run needs, in one file, atomically, with further small tensors by name;
    /// and back. DamagedFile, FileUnwritable; ModelMismatch when the state's networks are of
    /// another size; InvalidRequest, and nothing is written, when weights are no longer finite.
    using Extras = std::map<std::string, torch::Tensor>;
    [[nodiscard]] Result<void> save(const std::filesystem::path& path, const Extras& extras = {});
    [[nodiscard]] Result<void> load(const std::filesystem::path& path, Extras* extras = nullptr);

private:
    Optimization(std::shared_ptr<torch::nn::Module> model,
                 std::shared_ptr<torch::nn::Module> average, const LearningOptions& options,
                 const ParameterGroups& groups);
    double schedule() const;
    void updateAverage();

    LearningOptions options_;
    torch::Device device_;
    std::shared_ptr<torch::nn::Module> model_;
    std::shared_ptr<torch::nn::Module> average_;
    Muon kernelOptimizer_;
    AdamW optimizer_;
    std::int64_t stepsDone_ = 0;
};

/// Only the averaged weights of a saved state, and of its further tensors those that it has;
/// "steps" is one of them. DamagedFile, ModelMismatch.
[[nodiscard]] Result<void> loadAverage(torch::nn::Module& module, const std::filesystem::path& path,
                                       Optimization::Extras& extras);

} // namespace limpid::training
