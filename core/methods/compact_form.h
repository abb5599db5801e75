// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/methods/deblurdiff_form.h"

namespace limpid::methods {

/// The form that limpid-train makes: the clean latent is predicted, without text; the path begins
/// at pure noise, where the networks do not see it and answer as a regressor, and goes on along
/// fewStepLevels. Has no use for "start", "sampler" and "text_guidance".
class CompactForm : public DeblurDiffForm {
public:
    std::vector<double> alphaBars(const networks::DeblurDiffConfig& config) const override;
    std::vector<diffusion::Step> path(const networks::DeblurDiffConfig& config,
                                      const RestorationJob& job) const override;
    std::unique_ptr<diffusion::Sampler> sampler(const RestorationJob& job) const override;
    diffusion::NoiseLevel telling(const networks::DeblurDiffConfig& config) const override;
    DeblurDiffCondition condition(DeblurDiffNetworks& networks, const RestorationJob& job,
                                  const CancelToken& token) const override;
    torch::Tensor shownToNetworks(const torch::Tensor& blurred) const override;
    std::unique_ptr<TileDenoiser> denoiser(DeblurDiffNetworks& networks,
                                           const DeblurDiffCondition& condition,
                                           const CancelToken& token) const override;
    int tileSide(const RunSettings& settings) const override;
    region::Patch restoreAsPublished(DeblurDiffNetworks& networks, const RestorationJob& job,
                                     engine::JobContext& context) const override;
};

} // namespace limpid::methods
