// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/dpm_solver_sampler.h"

#include "core/diffusion/lambda_step.h"

#include <cmath>

namespace limpid::diffusion {

torch::Tensor DpmSolverSampler::middle(const torch::Tensor& clean, double length) const
{
    if (!before_.defined())
        return clean;
    return clean + (clean - before_) * (0.5 * length / lengthBefore_);
}

torch::Tensor DpmSolverSampler::advance(const Step& step, const torch::Tensor& xt,
                                        const Prediction& prediction, const NoiseSource& noise)
{
    if (step.index == 0)
        before_.reset();
    if (step.to.sigma <= 0.0)
        return prediction.clean;
    const auto [decay, length] = lambdaStep(step.from, step.to);
    const auto clean = middle(prediction.clean, length);
    before_ = std::isfinite(length) ? prediction.clean : torch::Tensor{};
    lengthBefore_ = length;

    const double kept = step.to.sigma / step.from.sigma;
    if (form_ == Form::Ode)
        return xt * kept + clean * (step.to.alpha * (1.0 - decay));
    const double renewed = 1.0 - decay * decay;
    return xt * (kept * decay) + clean * (step.to.alpha * renewed) +
           noise(step.index) * (step.to.sigma * std::sqrt(renewed));
}

} // namespace limpid::diffusion
