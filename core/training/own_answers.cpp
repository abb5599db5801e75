// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/own_answers.h"

namespace limpid::training {

torch::Tensor ownAnswersWhereNoised(const torch::Tensor& truth, const torch::Tensor& alpha,
                                    const AnswerSome& answer)
{
    const auto noised = alpha.flatten().nonzero().flatten();
    if (noised.numel() == 0)
        return truth;
    const torch::NoGradGuard noGradients;
    return truth.index_copy(0, noised, answer(noised).to(truth.scalar_type()));
}

} // namespace limpid::training
