// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/guided_block.h"

#include <torch/nn/init.h>

namespace limpid::nn {

torch::nn::Conv2d conv3x3(std::int64_t in, std::int64_t out, std::int64_t stride)
{
    return torch::nn::Conv2d(torch::nn::Conv2dOptions(in, out, 3).stride(stride).padding(1));
}

torch::nn::Conv2d zeroConv3x3(std::int64_t in, std::int64_t out)
{
    auto conv = conv3x3(in, out);
    torch::nn::init::zeros_(conv->weight);
    torch::nn::init::zeros_(conv->bias);
    return conv;
}

namespace {

torch::nn::Conv2d conv1x1(std::int64_t in, std::int64_t out)
{
    return torch::nn::Conv2d(torch::nn::Conv2dOptions(in, out, 1));
}

} // namespace

GuidedBlockImpl::GuidedBlockImpl(const GuidedBlockOptions& options) : options_(options)
{
    const auto in = options.inChannels;
    const auto out = options.outChannels;
    if (options.channelNorm)
        norm_ = register_module("norm", ChannelNorm(in));
    first_ = register_module("first", conv3x3(in, out));
    second_ = register_module("second", zeroConv3x3(out, out));
    if (in != out)
        skip_ = register_module("skip", conv1x1(in, out));
    if (options.guidance > 0)
        guide_ = register_module("guide", conv1x1(options.guidance, out));
    if (options.embedding > 0)
        modulation_ = register_module(
            "modulation", torch::nn::Linear(options.embedding, options.scaleShift ? 2 * out : out));
}

torch::Tensor GuidedBlockImpl::modulated(const torch::Tensor& features,
                                         const torch::Tensor& embedding)
{
    const auto values = modulation_(torch::silu(embedding)).unsqueeze(2).unsqueeze(3);
    if (!options_.scaleShift)
        return features + values;
    const auto parts = values.chunk(2, 1);
    return features * (1 + parts[0]) + parts[1];
}

torch::Tensor GuidedBlockImpl::forward(const torch::Tensor& x, const torch::Tensor& embedding,
                                       const torch::Tensor& guidance)
{
    auto h = first_(torch::silu(norm_ ? norm_(x) : x));
    if (guide_ && guidance.defined())
        h = h + guide_(guidance);
    if (modulation_)
        h = modulated(h, embedding);
    return (skip_ ? skip_(x) : x) + second_(torch::silu(h));
}

} // namespace limpid::nn
