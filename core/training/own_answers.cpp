// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/own_answers.h"

#include <vector>

namespace limpid::training {

torch::Tensor towardsOwnAnswers(const torch::Tensor& truth, const torch::Tensor& alpha, double most,
                                Dice dice, const AnswerSome& answer)
{
    const auto noised = alpha.flatten().nonzero().flatten();
    if (most <= 0.0 || noised.numel() == 0)
        return truth;
    const torch::NoGradGuard noGradients;
    std::vector<float> shares;
    for (std::int64_t i = 0; i < noised.numel(); ++i)
        shares.push_back(static_cast<float>(dice.uniform(0.0, most)));
    const auto share = torch::tensor(shares).view({-1, 1, 1, 1}).to(truth.device());
    const auto own = answer(noised).to(truth.scalar_type());
    return truth.index_copy(0, noised, torch::lerp(truth.index_select(0, noised), own, share));
}

} // namespace limpid::training
