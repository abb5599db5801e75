// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/sampler.h"

namespace limpid::diffusion {

/// UniPC (Zhao et al. 2023) of order 2 on x̂₀, with B₂(h) = e^h − 1. Each prediction serves twice:
/// it first corrects the state it was made for, then predicts the next one, so a step is one call
/// of the network and x̂₀ is never asked for again at the corrected state. Deterministic. Nothing is
/// corrected or extrapolated across a step from pure noise.
class UniPcSampler : public Sampler {
public:
    torch::Tensor advance(const Step& step, const torch::Tensor& xt, const Prediction& prediction,
                          const NoiseSource& noise) override;

private:
    struct Past {
        torch::Tensor clean; ///< x̂₀ where the step began.
        torch::Tensor slope; ///< What was added to it to predict; undefined: nothing was.
        double ratio =
            0.0; ///< −(length of the step before it) / (its length), if slope is defined.
        double length = 0.0; ///< In λ.
    };

    torch::Tensor corrected(const NoiseLevel& level, const torch::Tensor& xt,
                            const torch::Tensor& clean) const;

    Past past_; ///< The step that led to xt; clean undefined if it must not be built on.
};

} // namespace limpid::diffusion
