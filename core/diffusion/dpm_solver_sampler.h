// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/sampler.h"

namespace limpid::diffusion {

/// DPM-Solver++(2M) and SDE-DPM-Solver++(2M) (Lu et al. 2022): second order, of x̂₀ at this level
/// and at the one before. Of first order on the first step, from pure noise and the step after it,
/// and on the step to the clean picture. Made for levels about uniform in log-SNR: a step much
/// longer than the one before extrapolates far.
class DpmSolverSampler : public Sampler {
public:
    enum class Form { Ode, Sde };

    explicit DpmSolverSampler(Form form) : form_(form) {}

    torch::Tensor advance(const Step& step, const torch::Tensor& xt, const Prediction& prediction,
                          const NoiseSource& noise) override;

private:
    /// x̂₀ at the middle of a step of this length.
    torch::Tensor middle(const torch::Tensor& clean, double length) const;

    Form form_;
    torch::Tensor before_; ///< x̂₀ of the step before; undefined if there is none to build on.
    double lengthBefore_ = 0.0;
};

} // namespace limpid::diffusion
