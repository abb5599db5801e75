// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/methods/deblurdiff_form.h"

namespace limpid::methods {

/// The form of the released checkpoint, or of one like it: noise is predicted, prompts may be
/// given, the path begins with the noised photograph.
class PublishedForm : public DeblurDiffForm {
public:
    std::vector<double> alphaBars(const networks::DeblurDiffConfig& config) const override;

    /// Evenly down from where the job begins, in time or as the sampler wants it, without a last
    /// call at the clean end, where the networks have nothing left to say.
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
