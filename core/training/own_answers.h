// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <functional>

namespace limpid::training {

/// A restorer's one-step answers to those of a batch that the indices name.
using AnswerSome = std::function<torch::Tensor(const torch::Tensor& indices)>;

/// What will be noised when a restorer learns on a sampler's path: with noise (α > 0) its own
/// one-step answers, because a sampler never comes from the truth (scheduled sampling, Bengio et
/// al. 2015; DREAM, Zhou et al., CVPR 2024, goes part of the way). Where the truth shimmers
/// through, a restorer learns to take noise for detail. Pictures at α = 0 stay. truth: [N, C, H,
/// W]; alpha: [N, 1, 1, 1]. `answer` is called at most once, without gradients.
torch::Tensor ownAnswersWhereNoised(const torch::Tensor& truth, const torch::Tensor& alpha,
                                    const AnswerSome& answer);

} // namespace limpid::training
