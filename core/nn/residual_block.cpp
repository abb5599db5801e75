// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/residual_block.h"

#include "core/nn/register_at.h"

namespace limpid::nn {

ResidualBlockImpl::ResidualBlockImpl(const ResidualBlockOptions& options)
    : firstNorm_(
          registerAt(*this, "in_layers.0",
                     FeatureNorm(options.inChannels, FeatureNormOptions{.kind = options.norm}))),
      firstConvolution_(
          registerAt(*this, "in_layers.2", Convolution(options.inChannels, options.outChannels))),
      embeddingLayer_(
          registerAt(*this, "emb_layers.1", Linear(options.embedding, options.outChannels))),
      secondNorm_(
          registerAt(*this, "out_layers.0",
                     FeatureNorm(options.outChannels, FeatureNormOptions{.kind = options.norm}))),
      secondConvolution_(
          registerAt(*this, "out_layers.3", Convolution(options.outChannels, options.outChannels)))
{
    if (options.inChannels != options.outChannels)
        skip_ = register_module("skip_connection",
                                pointConvolution(options.inChannels, options.outChannels));
}

torch::Tensor ResidualBlockImpl::forward(const torch::Tensor& x, const torch::Tensor& embedding)
{
    const auto shift = embeddingLayer_(torch::silu(embedding)).unsqueeze(2).unsqueeze(3);
    auto h = firstConvolution_(torch::silu(firstNorm_(x))) + shift;
    h = secondConvolution_(torch::silu(secondNorm_(h)));
    return (skip_ ? skip_(x) : x) + h;
}

} // namespace limpid::nn
