// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/compact_form.h"

#include "core/diffusion/ddim_sampler.h"
#include "core/diffusion/timesteps.h"
#include "core/methods/compact_denoiser.h"

namespace limpid::methods {

std::vector<double> CompactForm::alphaBars(const networks::DeblurDiffConfig& config) const
{
    return diffusion::withZeroTerminalSnr(diffusion::scaledLinearAlphaBars(
        config.firstBeta, config.lastBeta, static_cast<int>(config.timesteps)));
}

std::vector<diffusion::Step> CompactForm::path(const networks::DeblurDiffConfig& /*config*/,
                                               const RestorationJob& job) const
{
    return diffusion::stepsThrough(diffusion::fewStepLevels(job.steps));
}

std::unique_ptr<diffusion::Sampler> CompactForm::sampler(const RestorationJob& job) const
{
    return std::make_unique<diffusion::DdimSampler>(job.parameters.at("noise"));
}

diffusion::NoiseLevel CompactForm::telling(const networks::DeblurDiffConfig& /*config*/) const
{
    return diffusion::pureNoise;
}

DeblurDiffCondition CompactForm::condition(DeblurDiffNetworks& /*networks*/,
                                           const RestorationJob& job,
                                           const CancelToken& /*token*/) const
{
    DeblurDiffCondition condition;
    if (const auto control = job.parameters.find("control"); control != job.parameters.end())
        condition.control = control->second;
    return condition;
}

torch::Tensor CompactForm::shownToNetworks(const torch::Tensor& blurred) const
{
    return blurred;
}

std::unique_ptr<TileDenoiser> CompactForm::denoiser(DeblurDiffNetworks& networks,
                                                    const DeblurDiffCondition& condition,
                                                    const CancelToken& token) const
{
    return std::make_unique<CompactTileDenoiser>(networks, condition, token);
}

int CompactForm::tileSide(const RunSettings& settings) const
{
    return settings.tilePixels;
}

region::Patch CompactForm::restoreAsPublished(DeblurDiffNetworks& /*networks*/,
                                              const RestorationJob& /*job*/,
                                              engine::JobContext& /*context*/) const
{
    throw Failure({.code = ErrorCode::InvalidRequest,
                   .detail = "'reference' runs the authors' program, which has no compact models",
                   .path = {}});
}

} // namespace limpid::methods
