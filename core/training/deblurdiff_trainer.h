// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/batches.h"
#include "core/training/compact_levels.h"
#include "core/training/deblurdiff_options.h"
#include "core/training/learner.h"
#include "core/training/optimization.h"
#include "core/training/photo_cache.h"

namespace limpid::training {

/// Trains the compact DeblurDiff on the latents of a frozen autoencoder: U-Net, ControlNet and LKPN
/// together on the error of ẑ₀, on the LKPN's latent and, for a part of the batch, on the decoded
/// pictures. At the end the decoder learns with them what predicted latents look like. With
/// `kernelsAlone` the LKPN alone learns, on its latent and the picture that it decodes to.
class DeblurDiffTrainer : public Learner {
public:
    /// `model` is what to begin with; `configuration` is said by it.
    DeblurDiffTrainer(DeblurDiffOptions options, networks::DeblurDiffModel model,
                      PhotoCache photos);

    StepReport step() override; ///< Judged by the decoded answers at α = 0, with
                                ///< `kernelsAlone` by the LKPN's images there.
    torch::Device device() const override { return torch::Device(options_.device); }
    std::int64_t stepsDone() const override { return optimization_.stepsDone(); }
    bool isFinished() const override { return stepsDone() >= options_.totalSteps; }
    [[nodiscard]] Result<void> save(const std::filesystem::path& path) override;
    [[nodiscard]] Result<void> load(const std::filesystem::path& path) override;

    /// The LKPN's image and the one-step answer, both at α = 0.
    std::vector<NamedRestorer> restorers() override;

    networks::DeblurDiffModel& averaged() { return average_; }

private:
    struct Latents {
        torch::Tensor sharp;
        torch::Tensor blurred;
    };
    Latents encoded(const Pair& pair);
    bool isPrior() const;
    void enterPhase();
    StepReport priorStep(const torch::Tensor& sharp);
    StepReport jointStep(const Pair& pair, const Latents& latents);
    StepReport kernelStep(const Pair& pair, const Latents& latents);
    struct Noised {
        networks::CompactLevel level;
        torch::Tensor latent;
    };
    Noised noised(const Latents& latents);
    Pair decodedPart(const Pair& pair) const;
    torch::Tensor latentWeights(const networks::CompactLevel& level) const;
    torch::Tensor sampled(const Latents& latents, const torch::Tensor& alpha,
                          const torch::Tensor& noise);
    torch::Tensor decoded(const networks::CompactAnswer& answer, const torch::Tensor& blurred);

    DeblurDiffOptions options_;
    Batches batches_;
    networks::DeblurDiffModel model_;
    networks::DeblurDiffModel average_;
    CompactLevels levels_;
    Optimization optimization_;
};

} // namespace limpid::training
