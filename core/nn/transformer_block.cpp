// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/transformer_block.h"

namespace limpid::nn {

TransformerBlockImpl::TransformerBlockImpl(const TransformerOptions& options)
    : selfNorm_(register_module("norm1", LayerNorm(options.channels))),
      self_(register_module("attn1", Attention(AttentionOptions{
                                         .channels = options.channels,
                                         .contextChannels = options.channels,
                                         .headChannels = options.headChannels,
                                     }))),
      feedForwardNorm_(register_module("norm3", LayerNorm(options.channels))),
      feedForward_(register_module("ff", GatedFeedForward(options.channels)))
{
    if (options.contextChannels == 0)
        return;
    crossNorm_ = register_module("norm2", LayerNorm(options.channels));
    cross_ = register_module("attn2", Attention(AttentionOptions{
                                          .channels = options.channels,
                                          .contextChannels = options.contextChannels,
                                          .headChannels = options.headChannels,
                                      }));
}

torch::Tensor TransformerBlockImpl::forward(torch::Tensor x, const torch::Tensor& context)
{
    const auto normal = selfNorm_(x);
    x = self_(normal, normal) + x;
    if (cross_)
        x = cross_(crossNorm_(x), context) + x;
    return feedForward_(feedForwardNorm_(x)) + x;
}

} // namespace limpid::nn
