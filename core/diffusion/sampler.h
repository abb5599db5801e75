// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/prediction.h"

#include <functional>
#include <vector>

namespace limpid::diffusion {

/// From one noise level to the next; the last step of a path leads to the clean picture.
struct Step {
    int index = 0; ///< 0 for the first.
    NoiseLevel from;
    NoiseLevel to;
};

/// Fresh standard normal noise for one step, of the shape being sampled. Step −1 is the start.
using NoiseSource = std::function<torch::Tensor(int step)>;

/// The steps through these levels, and from the last one to the clean picture.
std::vector<Step> stepsThrough(const std::vector<NoiseLevel>& levels);

/// Turns a prediction at one level into the state at the next. Knows no network. Stateless unless
/// the method is a multistep one.
class Sampler {
public:
    virtual ~Sampler() = default;

    /// xt and prediction: [N, C, H, W] → x at step.to, same shape.
    virtual torch::Tensor advance(const Step& step, const torch::Tensor& xt,
                                  const Prediction& prediction, const NoiseSource& noise) = 0;
};

} // namespace limpid::diffusion
