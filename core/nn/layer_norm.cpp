// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/layer_norm.h"

#include "core/nn/new_parameter.h"

namespace limpid::nn {

LayerNormImpl::LayerNormImpl(std::int64_t width)
    : weight_(register_parameter("weight", newConstantParameter({width}, 1.0))),
      bias_(register_parameter("bias", newConstantParameter({width}, 0.0)))
{}

torch::Tensor LayerNormImpl::forward(const torch::Tensor& x)
{
    return torch::layer_norm(x, {weight_.size(0)}, weight_.to(x.scalar_type()),
                             bias_.to(x.scalar_type()));
}

} // namespace limpid::nn
