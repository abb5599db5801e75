// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/timed_sequence.h"

namespace limpid::nn {

namespace {

struct Apply {
    const torch::Tensor& x;
    const torch::Tensor& embedding;
    const torch::Tensor& context;

    torch::Tensor operator()(ResidualBlock& layer) const { return layer(x, embedding); }
    torch::Tensor operator()(SpatialTransformer& layer) const { return layer(x, context); }
    template<class Holder>
    torch::Tensor operator()(Holder& layer) const
    {
        return layer(x);
    }
};

} // namespace

torch::Tensor TimedSequenceImpl::forward(torch::Tensor x, const torch::Tensor& embedding,
                                         const torch::Tensor& context)
{
    for (auto& layer : layers_)
        x = std::visit(Apply{x, embedding, context}, layer);
    return x;
}

} // namespace limpid::nn
