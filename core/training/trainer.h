// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/networks/msg_model.h"
#include "core/training/muon.h"
#include "core/training/photo_cache.h"
#include "core/training/train_options.h"

#include <torch/torch.h>

#include <map>
#include <string>

namespace limpid::training {

/// Trains MSG: degrades crops on the fly, steps Muon (kernels) and AdamW (the rest), keeps an
/// exponential moving average.
/// Every batch depends on (seed, step) alone, so a resumed run repeats an unbroken one.
/// One thread owns a Trainer and its tensors.
class Trainer {
public:
    Trainer(TrainOptions options, PhotoCache photos);

    /// Begins with weights that were exported before, of the same sizes, instead of random ones;
    /// the optimizer starts anew. ModelMismatch, FileUnreadable, DamagedFile.
    [[nodiscard]] Result<void> beginFrom(const std::filesystem::path& weights);

    /// The loss of one step and how it compares with leaving the picture as it was.
    struct StepReport {
        double loss = 0.0;
        double ratio =
            0.0; ///< Error at α = 0 over the error of the unchanged input; below 1: learns.
    };
    StepReport step();

    std::int64_t stepsDone() const { return stepsDone_; }

    /// The averaged weights, for validation and export.
    networks::MsgModel& averaged() { return average_; }

    /// Weights, average and optimizer in one file, atomically; and back.
    [[nodiscard]] Result<void> save(const std::filesystem::path& path);
    [[nodiscard]] Result<void> load(const std::filesystem::path& path);

private:
    Pair drawBatch() const;
    torch::Tensor drawLogSnr(std::int64_t count) const;
    /// Of the rates: 1 after the warm-up, then a cosine down to finalShare.
    double schedule() const;
    void stepOptimizers();
    void updateAverage();

    TrainOptions options_;
    PhotoCache photos_;
    torch::Device device_;
    networks::MsgModel model_;
    networks::MsgModel average_;
    Muon kernelOptimizer_;
    torch::optim::AdamW optimizer_;
    std::int64_t stepsDone_ = 0;
};

/// The network's answer at one log-SNR per picture. noise: like blurred.
/// blurred: [N, 3, H, W], −1…1 → x̂₀ and the guidance it was given.
struct MsgAnswer {
    torch::Tensor clean;
    std::vector<networks::StructureScale> structure;
};
MsgAnswer answer(networks::MsgModel& model, const torch::Tensor& blurred,
                 const torch::Tensor& noisy, const torch::Tensor& logSnr);

} // namespace limpid::training
