// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/denoiser.h"
#include "core/diffusion/sampler.h"
#include "core/methods/restoration_guidance.h"

#include <vector>

namespace limpid::methods {

/// A denoiser whose predictions are drawn towards the photograph before they are used.
class GuidedDenoiser : public diffusion::Denoiser {
public:
    /// `inner` must outlive this object. `path` holds the steps that will be predicted for;
    /// `alphaBars` says at which timestep each begins.
    GuidedDenoiser(diffusion::Denoiser& inner, RestorationGuidance guidance,
                   std::vector<diffusion::Step> path, std::vector<double> alphaBars);

    diffusion::Prediction predict(const torch::Tensor& xt,
                                  const diffusion::NoiseLevel& level) override;

private:
    diffusion::Denoiser& inner_;
    RestorationGuidance guidance_;
    std::vector<diffusion::Step> path_;
    std::vector<double> alphaBars_;
};

} // namespace limpid::methods
