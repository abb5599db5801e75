// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/networks/autoencoder_kl.h"
#include "core/training/autoencoder_options.h"
#include "core/training/batches.h"
#include "core/training/learner.h"
#include "core/training/optimization.h"
#include "core/training/photo_cache.h"

namespace limpid::training {

/// Trains the autoencoder of DeblurDiff's compact form: from the latent of a sharp picture and the
/// blurred picture to the sharp one. Latents get noise, so that predicted ones will do as well.
class AutoencoderTrainer : public Learner {
public:
    AutoencoderTrainer(AutoencoderOptions options, PhotoCache photos);

    StepReport step() override; ///< Judged by the sharp latents on blurred pictures.
    torch::Device device() const override { return torch::Device(options_.device); }
    std::int64_t stepsDone() const override { return optimization_.stepsDone(); }
    bool isFinished() const override { return stepsDone() >= options_.totalSteps; }
    [[nodiscard]] Result<void> save(const std::filesystem::path& path) override;
    [[nodiscard]] Result<void> load(const std::filesystem::path& path) override;

    /// Reconstructions: with and without the blurred picture, and of an unchanged latent.
    std::vector<NamedRestorer> restorers() override;

    networks::AutoencoderKl& averaged() { return average_; }

private:
    struct Roles {
        torch::Tensor blurredLatent; ///< [N, 1, 1, 1], 0 or 1.
        torch::Tensor onPicture;     ///< Same: decoded onto the blurred picture.
        torch::Tensor noise;         ///< Same shape, standard deviations.
    };
    Roles drawRoles() const;

    AutoencoderOptions options_;
    Batches batches_;
    networks::AutoencoderKl model_;
    networks::AutoencoderKl average_;
    Optimization optimization_;
};

/// The factor that gives the latents of these photographs a standard deviation of one.
double measureLatentScale(networks::AutoencoderKl& autoencoder, const PhotoCache& photos);

} // namespace limpid::training
