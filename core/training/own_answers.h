// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/dice.h"

#include <torch/torch.h>

#include <functional>

namespace limpid::training {

/// A restorer's one-step answers to those of a batch that the indices name.
using AnswerSome = std::function<torch::Tensor(const torch::Tensor& indices)>;

/// What will be noised: with noise (α > 0) a sampler does not know the truth but comes from the
/// restorer's own one-step answer, so each picture is moved from the truth towards that answer, by
/// a share drawn from 0 … `most` (after DREAM, Zhou et al., CVPR 2024). Those at α = 0 stay. truth:
/// [N, C, H, W]; alpha: [N, 1, 1, 1]. `answer` is called at most once, without gradients.
torch::Tensor towardsOwnAnswers(const torch::Tensor& truth, const torch::Tensor& alpha, double most,
                                Dice dice, const AnswerSome& answer);

} // namespace limpid::training
