// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/unipc_sampler.h"

#include "core/diffusion/lambda_step.h"

#include <cmath>

namespace limpid::diffusion {

namespace {

/// The share of the slope before and of the slope across a step, from the order conditions
/// of UniC-2.
struct CorrectorWeights {
    double before = 0.0;
    double across = 0.5;
};

CorrectorWeights correctorWeights(double length, double ratio)
{
    const double decayed = std::expm1(-length);
    const double first = -decayed / length - 1.0;
    const double second = -first / length - 0.5;
    const double firstMoment = first / decayed;
    const double secondMoment = 2.0 * second / decayed;
    const double before = (firstMoment - secondMoment) / (1.0 - ratio);
    return {.before = before, .across = firstMoment - before};
}

} // namespace

/// What the corrector adds to the state that the predictor arrived at.
torch::Tensor UniPcSampler::corrected(const NoiseLevel& level, const torch::Tensor& xt,
                                      const torch::Tensor& clean) const
{
    const double reach = -std::expm1(-past_.length) * level.alpha;
    const auto across = clean - past_.clean;
    if (!past_.slope.defined())
        return xt + across * (0.5 * reach);
    const CorrectorWeights weights = correctorWeights(past_.length, past_.ratio);
    return xt + (past_.slope * (weights.before - 0.5) + across * weights.across) * reach;
}

torch::Tensor UniPcSampler::advance(const Step& step, const torch::Tensor& xt,
                                    const Prediction& prediction, const NoiseSource&)
{
    if (step.index == 0)
        past_ = {};
    if (step.to.sigma <= 0.0)
        return prediction.clean;
    const auto [decay, length] = lambdaStep(step.from, step.to);
    const auto& clean = prediction.clean;
    auto x = xt;
    Past now{.clean = clean, .slope = {}, .ratio = 0.0, .length = length};
    if (past_.clean.defined()) {
        x = corrected(step.from, xt, clean);
        now.ratio = -past_.length / length;
        now.slope = (past_.clean - clean) / now.ratio;
    }
    const auto middle = now.slope.defined() ? clean + now.slope * 0.5 : clean;
    past_ = std::isfinite(length) ? now : Past{};
    return x * (step.to.sigma / step.from.sigma) + middle * (step.to.alpha * (1.0 - decay));
}

} // namespace limpid::diffusion
