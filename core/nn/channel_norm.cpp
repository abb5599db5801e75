// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/channel_norm.h"

#include "core/nn/autocast.h"

namespace limpid::nn {

ChannelNormImpl::ChannelNormImpl(std::int64_t channels)
    : weight_(register_parameter("weight", torch::ones({channels}))),
      bias_(register_parameter("bias", torch::zeros({channels})))
{}

torch::Tensor ChannelNormImpl::forward(const torch::Tensor& x)
{
    const WithoutAutocast typesAsTheyAre;
    const auto pixels = x.permute({0, 2, 3, 1}); // contiguous when x is channels-last
    return torch::layer_norm(pixels, {weight_.size(0)}, weight_.to(x.scalar_type()),
                             bias_.to(x.scalar_type()))
        .permute({0, 3, 1, 2});
}

} // namespace limpid::nn
