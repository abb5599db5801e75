// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancellation.h"
#include "core/methods/deblurdiff_networks.h"
#include "core/methods/tiled_denoiser.h"

#include <vector>

namespace limpid::methods {

/// What the networks of a step are told besides the noisy latent.
struct DeblurDiffCondition {
    torch::Tensor blurred;         ///< Latent of the blurred picture, [1, C, h, w], scaled, CPU.
    torch::Tensor context;         ///< Of the prompt; undefined without text.
    torch::Tensor negativeContext; ///< Of the negative prompt; needed for textGuidance ≠ 1.
    double textGuidance = 1.0;     ///< Scale of classifier-free guidance (Ho & Salimans 2022).
    double control = 1.0;          ///< Factor for all of the ControlNet's outputs.
};

/// For one call of the networks: the token is asked between any two, the control is scaled.
networks::StepOptions stepOptions(const DeblurDiffCondition& condition, const CancelToken& token);

/// LKPN, ControlNet and U-Net for one tile of the latent, one step: kernels are estimated anew from
/// this step's latent (DeblurDiff, section 3). With text guidance all three run twice and the
/// kernels are those of the prompt, as published.
class DeblurDiffTileDenoiser : public TileDenoiser {
public:
    /// Keeps references: `networks` and `condition` must outlive this object.
    DeblurDiffTileDenoiser(DeblurDiffNetworks& networks, const DeblurDiffCondition& condition,
                           CancelToken token);

    /// Asks the token before each network. Throws Cancelled, NonFinite.
    diffusion::Prediction predictTile(const torch::Tensor& xt, const diffusion::NoiseLevel& level,
                                      const Rect& tile) override;

private:
    networks::DeblurDiffAnswer answer(const torch::Tensor& noisy, const torch::Tensor& t,
                                      const torch::Tensor& blurred, const torch::Tensor& context);

    DeblurDiffNetworks& networks_;
    const DeblurDiffCondition& condition_;
    CancelToken token_;
    std::vector<double> alphaBars_;
};

/// ᾱ of every timestep of a model in the published form.
std::vector<double> alphaBarsOf(const networks::DeblurDiffConfig& config);

} // namespace limpid::methods
