// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/published_form.h"

#include "core/diffusion/sampler_kind.h"
#include "core/diffusion/timesteps.h"
#include "core/methods/deblurdiff_prompts.h"
#include "core/methods/deblurdiff_published.h"

#include <algorithm>
#include <cmath>

namespace limpid::methods {

namespace {

constexpr int trainedPixels = 512; // side of the pictures that the published networks were made on

diffusion::SamplerKind samplerKindOf(const RestorationJob& job)
{
    return static_cast<diffusion::SamplerKind>(std::lround(job.parameters.at("sampler")));
}

/// Multistep solvers extrapolate over the step before, so their steps must be alike in log-SNR.
bool isMultistep(diffusion::SamplerKind kind)
{
    using diffusion::SamplerKind;
    return kind == SamplerKind::DpmPp2M || kind == SamplerKind::DpmPp2MSde ||
           kind == SamplerKind::UniPc;
}

} // namespace

std::vector<double> PublishedForm::alphaBars(const networks::DeblurDiffConfig& config) const
{
    return alphaBarsOf(config);
}

std::vector<diffusion::Step> PublishedForm::path(const networks::DeblurDiffConfig& config,
                                                 const RestorationJob& job) const
{
    const double last = static_cast<double>(config.timesteps - 1);
    const int start = static_cast<int>(std::lround(job.parameters.at("start") * last));
    const int end = std::max(1, start / job.steps);
    const auto table = alphaBars(config);
    const auto timesteps = isMultistep(samplerKindOf(job))
                               ? diffusion::logSnrTimestepsBetween(table, start, end, job.steps)
                               : diffusion::timestepsBetween(start, end, job.steps);
    return diffusion::stepsThrough(diffusion::levelsAt(table, timesteps));
}

std::unique_ptr<diffusion::Sampler> PublishedForm::sampler(const RestorationJob& job) const
{
    return diffusion::makeSampler(samplerKindOf(job), {.eta = job.parameters.at("noise")});
}

diffusion::NoiseLevel PublishedForm::telling(const networks::DeblurDiffConfig& config) const
{
    const int middle = static_cast<int>(config.timesteps / 2);
    return diffusion::levelsAt(alphaBars(config), {middle}).front();
}

DeblurDiffCondition PublishedForm::condition(DeblurDiffNetworks& networks,
                                             const RestorationJob& job,
                                             const CancelToken& token) const
{
    return promptCondition(networks, job, token);
}

torch::Tensor PublishedForm::shownToNetworks(const torch::Tensor& blurred) const
{
    return blurred * 0.5 + 0.5; // 0…1, as in training
}

std::unique_ptr<TileDenoiser> PublishedForm::denoiser(DeblurDiffNetworks& networks,
                                                      const DeblurDiffCondition& condition,
                                                      const CancelToken& token) const
{
    return std::make_unique<DeblurDiffTileDenoiser>(networks, condition, token);
}

int PublishedForm::tileSide(const RunSettings& settings) const
{
    return std::min(settings.tilePixels, trainedPixels);
}

region::Patch PublishedForm::restoreAsPublished(DeblurDiffNetworks& networks,
                                                const RestorationJob& job,
                                                engine::JobContext& context) const
{
    return methods::restoreAsPublished(networks, job, context);
}

} // namespace limpid::methods
