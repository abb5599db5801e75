// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/learner.h"

namespace limpid::training {

Learner::StepReport Learner::StepReport::of(const torch::Tensor& loss, const torch::Tensor& error,
                                            const torch::Tensor& unchanged)
{
    const auto values =
        torch::stack({loss.detach(), error.detach(), unchanged}).to(torch::kCPU, torch::kFloat64);
    const auto* const value = values.const_data_ptr<double>();
    return {.loss = value[0], .error = value[1], .unchanged = value[2]};
}

} // namespace limpid::training
