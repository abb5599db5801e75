// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/networks/msg_model.h"
#include "core/training/batches.h"
#include "core/training/learner.h"
#include "core/training/optimization.h"
#include "core/training/photo_cache.h"
#include "core/training/train_options.h"

#include <torch/types.h>

namespace limpid::training {

/// Trains MSG: degrades crops on the fly, first alone at α = 0, then at all levels of noise.
class Trainer : public Learner {
public:
    Trainer(TrainOptions options, PhotoCache photos);

    /// Begins with weights that were exported before, of the same sizes, instead of random ones;
    /// the optimizer starts anew. ModelMismatch, FileUnreadable, DamagedFile.
    [[nodiscard]] Result<void> beginFrom(const std::filesystem::path& weights);

    StepReport step() override; ///< Judged by the pictures at α = 0.
    torch::Device device() const override { return torch::Device(options_.device); }
    std::int64_t stepsDone() const override { return optimization_.stepsDone(); }
    bool isFinished() const override { return stepsDone() >= options_.totalSteps; }
    [[nodiscard]] Result<void> save(const std::filesystem::path& path) override;
    [[nodiscard]] Result<void> load(const std::filesystem::path& path) override;
    std::vector<NamedRestorer> restorers() override;

    /// The averaged weights, for validation and export.
    networks::MsgModel& averaged() { return average_; }

private:
    torch::Tensor drawLogSnr() const;
    torch::Tensor sampled(const Pair& pair, const torch::Tensor& alpha, const torch::Tensor& noise);

    TrainOptions options_;
    Batches batches_;
    networks::MsgModel model_;
    networks::MsgModel average_;
    Optimization optimization_;
};

/// The network's answer at one log-SNR per picture. noise: like blurred.
/// blurred: [N, 3, H, W], −1…1 → x̂₀ and the guidance it was given.
struct MsgAnswer {
    torch::Tensor clean;
    std::vector<networks::StructureScale> structure;
};
MsgAnswer answer(networks::MsgModel& model, const torch::Tensor& blurred,
                 const torch::Tensor& noisy, const torch::Tensor& logSnr);

/// The one-step regressor of a model.
Restorer oneStep(networks::MsgModel& model);

} // namespace limpid::training
