// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancellation.h"
#include "core/diffusion/sampler.h"
#include "core/methods/reference_predictor.h"
#include "core/methods/restoration_guidance.h"

#include <functional>
#include <vector>

namespace limpid::methods {

/// A finished step, in latents of the padded picture.
struct ReferenceStep {
    int index = 0;
    int timestep = 0;
    torch::Tensor eps;
    torch::Tensor clean; ///< x̂₀ before guidance.
    torch::Tensor state; ///< After the step.
    torch::Tensor kernelLatent;
};

using ReferenceObserver = std::function<void(const ReferenceStep& step)>;

struct ReferenceSampling {
    std::vector<double> alphaBars; ///< ᾱ of all timesteps, the noisiest last.
    int steps = 50;
    diffusion::NoiseSource noise{};
    CancelToken token{};
    ReferenceObserver stepDone{};            ///< May be empty.
    RestorationGuidance* guidance = nullptr; ///< May be null.
};

/// Ancestral sampling as published, x̂₀ not clamped. start: [1, C, h, w] → the clean latent.
torch::Tensor sampleReference(const ReferencePredictor& predictor, const torch::Tensor& start,
                              const ReferenceSampling& sampling);

} // namespace limpid::methods
