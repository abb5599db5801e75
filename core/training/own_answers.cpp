// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/own_answers.h"

#include <torch/utils.h>
#include <vector>

namespace limpid::training {

namespace {

/// From 0 to 1, one per picture.
torch::Tensor drawShares(Dice dice, std::int64_t count)
{
    std::vector<float> shares;
    for (std::int64_t i = 0; i < count; ++i)
        shares.push_back(static_cast<float>(dice.uniform(0.0, 1.0)));
    return torch::tensor(shares).view({-1, 1, 1, 1});
}

} // namespace

torch::Tensor ownAnswersWhereNoised(const torch::Tensor& truth, const torch::Tensor& alpha,
                                    Dice dice, const OwnPath& path)
{
    const auto noised = alpha.flatten().nonzero().flatten();
    if (noised.numel() == 0)
        return truth;
    const torch::NoGradGuard noGradients;
    const auto first = path.first(noised).to(truth.scalar_type());
    const auto next = path.next(noised, first).to(truth.scalar_type());
    const auto share = drawShares(dice, noised.numel()).to(truth.device());
    return truth.index_copy(0, noised, torch::lerp(first, next, share));
}

} // namespace limpid::training
