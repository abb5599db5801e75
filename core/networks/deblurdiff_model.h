// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/networks/autoencoder_kl.h"
#include "core/networks/controlnet.h"
#include "core/networks/lkpn.h"
#include "core/networks/text_encoder.h"
#include "core/networks/unet.h"

#include <functional>
#include <vector>

namespace limpid::networks {

/// What the networks say about one noisy latent.
struct DeblurDiffAnswer {
    torch::Tensor eps; ///< The noise in it, [N, C, h, w]; in the compact form see predictClean().
    torch::Tensor kernelLatent; ///< The blurred latent after the predicted kernels, [N, C, h, w].
};

/// What the compact form says about one noisy latent.
struct CompactAnswer {
    torch::Tensor clean;        ///< ẑ₀, [N, C, h, w].
    torch::Tensor kernelLatent; ///< z_s: the blurred latent after the predicted kernels.
};

/// The noise level of each latent: z_t = α·z₀ + σ·ε, α² + σ² = 1.
struct CompactLevel {
    torch::Tensor alpha; ///< [N, 1, 1, 1]
    torch::Tensor sigma; ///< [N, 1, 1, 1]
    torch::Tensor t;     ///< [N]: where the level lies in the model's table; may lie between two.
};

struct StepOptions {
    /// Factors of the ControlNet's outputs; one serves all; empty: all 1. Spare ones are ignored.
    std::vector<double> controlScales{};
    std::function<void()> between{}; ///< Called between any two networks; may throw. May be empty.
};

/// The three networks that run at every step. They may belong to a DeblurDiffModel or have been
/// loaded alone.
struct StepNetworks {
    Unet unet;
    Lkpn kpn;
    ControlNet controlnet;

    /// noisy, blurred: [N, C, h, w], scaled latents; t: [N]; context: [N, T, K] or undefined.
    DeblurDiffAnswer predict(const torch::Tensor& noisy, const torch::Tensor& t,
                             const torch::Tensor& context, const torch::Tensor& blurred,
                             const StepOptions& options = {});

    /// The compact form: ẑ₀ = α·z_t + σ²·z_s + σ·U, U being what the U-Net under control predicts:
    /// the velocity left when the kernel latent is taken for the clean one. All networks are fed
    /// α·z_t, so at α = 0, where ẑ₀ = z_s + U, the noise has no say and the answer is a
    /// regressor's. noisy, blurred: [N, C, h, w], scaled latents; the networks compute in the type
    /// of blurred, the sum is in that of noisy.
    CompactAnswer predictClean(const torch::Tensor& noisy, const CompactLevel& level,
                               const torch::Tensor& blurred, const StepOptions& options = {});
};

/// All networks of DeblurDiff under the names of the published checkpoint.
class DeblurDiffModelImpl : public torch::nn::Module {
public:
    explicit DeblurDiffModelImpl(const DeblurDiffConfig& config);

    /// As StepNetworks::predict; the scales as StepOptions::controlScales.
    DeblurDiffAnswer predict(const torch::Tensor& noisy, const torch::Tensor& t,
                             const torch::Tensor& context, const torch::Tensor& blurred,
                             const std::vector<double>& controlScales = {});

    const DeblurDiffConfig& config() const { return config_; }

    /// Of the configuration and of the autoencoder.
    void setLatentScale(double scale);

    Unet unet;
    Lkpn kpn;
    AutoencoderKl vae;
    TextEncoder clip{nullptr}; ///< Empty for a model without text.
    ControlNet controlnet;

private:
    DeblurDiffConfig config_;
};
TORCH_MODULE(DeblurDiffModel);

} // namespace limpid::networks
