// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/networks/text_encoder.h"

#include "core/nn/attention.h"
#include "core/nn/new_parameter.h"
#include "core/nn/register_at.h"
#include "core/nn/shape_check.h"

#include <cmath>

namespace limpid::networks {

TextBlockImpl::TextBlockImpl(const TextEncoderConfig& config)
    : heads_(config.heads), attentionNorm_(register_module("ln_1", nn::LayerNorm(config.width))),
      attentionOut_(nn::registerAt(*this, "attn.out_proj", nn::Linear(config.width, config.width))),
      hiddenNorm_(register_module("ln_2", nn::LayerNorm(config.width))),
      hidden_(nn::registerAt(*this, "mlp.c_fc", nn::Linear(config.width, 4 * config.width))),
      out_(nn::registerAt(*this, "mlp.c_proj", nn::Linear(4 * config.width, config.width)))
{
    TORCH_CHECK(config.width % config.heads == 0, "want ", config.heads, " equal heads, got ",
                config.width, " channels");
    const auto attention = named_children()["attn"];
    const double bound = 1.0 / std::sqrt(static_cast<double>(config.width));
    projectionWeight_ = attention->register_parameter(
        "in_proj_weight", nn::newParameter({3 * config.width, config.width}, bound));
    projectionBias_ = attention->register_parameter(
        "in_proj_bias", nn::newConstantParameter({3 * config.width}, 0.0));
}

torch::Tensor TextBlockImpl::attend(const torch::Tensor& x)
{
    const auto parts = torch::linear(x, projectionWeight_, projectionBias_).chunk(3, -1);
    const auto split = [this](const torch::Tensor& part) {
        return nn::splitHeads(part.contiguous(), part.size(2) / heads_);
    };
    const auto answer = torch::scaled_dot_product_attention(
        split(parts[0]), split(parts[1]), split(parts[2]), {}, 0.0, /*is_causal=*/true);
    return attentionOut_(nn::joinHeads(answer));
}

torch::Tensor TextBlockImpl::forward(torch::Tensor x)
{
    x = x + attend(attentionNorm_(x));
    return x + out_(torch::gelu(hidden_(hiddenNorm_(x))));
}

TextEncoderImpl::TextEncoderImpl(const TextEncoderConfig& config) : config_(config)
{
    const auto model = register_module("model", std::make_shared<torch::nn::Module>());
    tokenEmbedding_ = nn::newParameter({config.vocabulary, config.width}, 0.02);
    nn::registerAt(*model, "token_embedding", std::make_shared<torch::nn::Module>())
        ->register_parameter("weight", tokenEmbedding_);
    positionalEmbedding_ = model->register_parameter(
        "positional_embedding", nn::newParameter({config.contextLength, config.width}, 0.01));
    for (std::int64_t i = 0; i < config.layers; ++i)
        blocks.push_back(nn::registerAt(*model, "transformer.resblocks." + std::to_string(i),
                                        TextBlock(config)));
    finalNorm = model->register_module("ln_final", nn::LayerNorm(config.width));
    const double bound = 1.0 / std::sqrt(static_cast<double>(config.width));
    model->register_parameter("text_projection",
                              nn::newParameter({config.width, config.projection}, bound));
    model->register_parameter("logit_scale", nn::newConstantParameter({}, std::log(1 / 0.07)));
}

torch::Tensor TextEncoderImpl::afterBlocks(const torch::Tensor& tokens, std::size_t count)
{
    nn::checkShape("tokens", tokens, {-1, -1});
    TORCH_CHECK(tokens.size(1) <= config_.contextLength, "want at most ", config_.contextLength,
                " tokens, got ", tokens.size(1));
    auto x = torch::embedding(tokenEmbedding_, tokens) +
             positionalEmbedding_.narrow(0, 0, tokens.size(1));
    for (std::size_t i = 0; i < count; ++i)
        x = blocks[i](x);
    return x;
}

torch::Tensor TextEncoderImpl::forward(const torch::Tensor& tokens)
{
    return finalNorm(afterBlocks(tokens, blocks.size() - 1));
}

} // namespace limpid::networks
