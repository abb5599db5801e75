// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/autoencoder_block.h"

namespace limpid::nn {

namespace {

FeatureNorm makeNorm(std::int64_t channels, NormKind kind)
{
    return FeatureNorm(channels, FeatureNormOptions{.kind = kind, .epsilon = 1e-6});
}

} // namespace

AutoencoderBlockImpl::AutoencoderBlockImpl(const AutoencoderBlockOptions& options)
    : firstNorm_(register_module("norm1", makeNorm(options.inChannels, options.norm))),
      firstConvolution_(
          register_module("conv1", Convolution(options.inChannels, options.outChannels))),
      secondNorm_(register_module("norm2", makeNorm(options.outChannels, options.norm))),
      secondConvolution_(
          register_module("conv2", Convolution(options.outChannels, options.outChannels)))
{
    if (options.inChannels != options.outChannels)
        shortcut_ = register_module("nin_shortcut",
                                    pointConvolution(options.inChannels, options.outChannels));
}

torch::Tensor AutoencoderBlockImpl::forward(const torch::Tensor& x)
{
    auto h = firstConvolution_(torch::silu(firstNorm_(x)));
    h = secondConvolution_(torch::silu(secondNorm_(h)));
    return (shortcut_ ? shortcut_(x) : x) + h;
}

PixelAttentionImpl::PixelAttentionImpl(std::int64_t channels, NormKind norm)
    : norm_(register_module("norm", makeNorm(channels, norm))),
      query_(register_module("q", pointConvolution(channels, channels))),
      key_(register_module("k", pointConvolution(channels, channels))),
      value_(register_module("v", pointConvolution(channels, channels))),
      out_(register_module("proj_out", pointConvolution(channels, channels)))
{}

torch::Tensor PixelAttentionImpl::forward(const torch::Tensor& x)
{
    const auto normal = norm_(x);
    const auto sequence = [&normal](Convolution& projection) {
        // [N, 1, H·W, C]; contiguous, or a square matrix of pixels would be built in memory
        return projection(normal).flatten(2).transpose(1, 2).contiguous().unsqueeze(1);
    };
    const auto answer =
        torch::scaled_dot_product_attention(sequence(query_), sequence(key_), sequence(value_));
    return x + out_(answer.squeeze(1).transpose(1, 2).reshape(x.sizes()));
}

} // namespace limpid::nn
