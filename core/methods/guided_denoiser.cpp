// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/guided_denoiser.h"

#include "core/diffusion/posterior.h"
#include "core/diffusion/timesteps.h"

#include <algorithm>

namespace limpid::methods {

GuidedDenoiser::GuidedDenoiser(diffusion::Denoiser& inner, RestorationGuidance guidance,
                               std::vector<diffusion::Step> path, std::vector<double> alphaBars)
    : inner_(inner), guidance_(std::move(guidance)), path_(std::move(path)),
      alphaBars_(std::move(alphaBars))
{}

diffusion::Prediction GuidedDenoiser::predict(const torch::Tensor& xt,
                                              const diffusion::NoiseLevel& level)
{
    auto prediction = inner_.predict(xt, level);
    const auto step = std::find_if(path_.begin(), path_.end(),
                                   [&](const auto& known) { return known.from == level; });
    if (step == path_.end() || !guidance_.appliesAt(diffusion::timestepOf(alphaBars_, level)))
        return prediction;
    const auto posterior = diffusion::posteriorBetween(step->from, step->to);
    prediction.clean = guidance_.guided(prediction.clean, step->index, posterior.cleanWeight);
    return prediction;
}

} // namespace limpid::methods
