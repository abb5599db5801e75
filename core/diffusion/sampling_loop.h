// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancellation.h"
#include "core/diffusion/denoiser.h"
#include "core/diffusion/sampler.h"

#include <functional>
#include <vector>

namespace limpid::diffusion {

/// Told after every step: the state it led to, and what was predicted on the way.
using StepObserver =
    std::function<void(const Step& step, const torch::Tensor& x, const Prediction& prediction)>;

struct LoopContext {
    CancelToken token{};
    NoiseSource noise{};
    StepObserver stepDone{}; ///< May be empty.
};

/// The only sampling loop. x: [N, C, H, W] at the first step's level → the clean picture.
/// Throws Cancelled before a step when asked to.
torch::Tensor sample(Denoiser& denoiser, Sampler& sampler, const std::vector<Step>& steps,
                     torch::Tensor x, const LoopContext& context);

} // namespace limpid::diffusion
