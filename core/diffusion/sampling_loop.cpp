// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/sampling_loop.h"

namespace limpid::diffusion {

std::vector<Step> stepsThrough(const std::vector<NoiseLevel>& levels)
{
    std::vector<Step> steps;
    for (std::size_t i = 0; i < levels.size(); ++i) {
        const bool last = i + 1 == levels.size();
        steps.push_back({static_cast<int>(i), levels[i], last ? cleanPicture : levels[i + 1]});
    }
    return steps;
}

torch::Tensor sample(Denoiser& denoiser, Sampler& sampler, const std::vector<Step>& steps,
                     torch::Tensor x, const LoopContext& context)
{
    for (const Step& step : steps) {
        context.token.throwIfRequested();
        const Prediction prediction = denoiser.predict(x, step.from);
        x = sampler.advance(step, x, prediction, context.noise);
        if (context.stepDone)
            context.stepDone(step, x, prediction);
    }
    return x;
}

} // namespace limpid::diffusion
