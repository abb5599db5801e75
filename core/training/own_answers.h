// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/dice.h"

#include <torch/types.h>

#include <functional>

namespace limpid::training {

/// The first two steps of a restorer that samples, for those of a batch that the indices name.
struct OwnPath {
    /// One-step answers.
    std::function<torch::Tensor(const torch::Tensor& indices)> first;
    /// What the next step makes of them.
    std::function<torch::Tensor(const torch::Tensor& indices, const torch::Tensor& clean)> next;
};

/// What will be noised when a restorer learns on a sampler's path: with noise (α > 0) its own
/// answers, because a sampler never comes from the truth (scheduled sampling, Bengio et al. 2015;
/// DREAM, Zhou et al., CVPR 2024, goes part of the way). Where the truth shimmers through, a
/// restorer learns to take noise for detail. A sampler blends its answers, so each picture lies
/// anywhere between the first and the next; with the first alone, a restorer would sharpen again
/// at every step what is sharp already. Pictures at α = 0 stay. truth: [N, C, H, W]; alpha:
/// [N, 1, 1, 1]. The path is asked at most once, without gradients.
torch::Tensor ownAnswersWhereNoised(const torch::Tensor& truth, const torch::Tensor& alpha,
                                    Dice dice, const OwnPath& path);

} // namespace limpid::training
