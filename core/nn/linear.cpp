// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/linear.h"

#include "core/nn/new_parameter.h"

#include <cmath>

namespace limpid::nn {

LinearImpl::LinearImpl(std::int64_t in, std::int64_t out, bool withBias)
{
    const double bound = 1.0 / std::sqrt(static_cast<double>(in));
    weight = register_parameter("weight", newParameter({out, in}, bound));
    if (withBias)
        bias = register_parameter("bias", newParameter({out}, bound));
}

torch::Tensor LinearImpl::forward(const torch::Tensor& x)
{
    return torch::linear(x, weight, bias);
}

} // namespace limpid::nn
