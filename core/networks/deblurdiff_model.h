// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/networks/autoencoder_kl.h"
#include "core/networks/controlnet.h"
#include "core/networks/lkpn.h"
#include "core/networks/text_encoder.h"
#include "core/networks/unet.h"

namespace limpid::networks {

/// What the networks say about one noisy latent.
struct DeblurDiffAnswer {
    torch::Tensor eps;          ///< The noise in it, [N, C, h, w].
    torch::Tensor kernelLatent; ///< The blurred latent after the predicted kernels, [N, C, h, w].
};

/// The three networks that run at every step. They may belong to a DeblurDiffModel or have been
/// loaded alone.
struct StepNetworks {
    Unet unet;
    Lkpn kpn;
    ControlNet controlnet;

    /// noisy, blurred: [N, C, h, w], scaled latents; t: [N]; context: [N, T, K] or undefined.
    /// `controlScales` multiply the ControlNet's outputs; empty: all 1; one: the same for all.
    /// Spare ones are ignored.
    DeblurDiffAnswer predict(const torch::Tensor& noisy, const torch::Tensor& t,
                             const torch::Tensor& context, const torch::Tensor& blurred,
                             const std::vector<double>& controlScales = {});
};

/// All networks of DeblurDiff under the names of the published checkpoint.
class DeblurDiffModelImpl : public torch::nn::Module {
public:
    explicit DeblurDiffModelImpl(const DeblurDiffConfig& config);

    /// As StepNetworks::predict.
    DeblurDiffAnswer predict(const torch::Tensor& noisy, const torch::Tensor& t,
                             const torch::Tensor& context, const torch::Tensor& blurred,
                             const std::vector<double>& controlScales = {});

    const DeblurDiffConfig& config() const { return config_; }

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
