// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/networks/unet_encoder.h"

#include "core/nn/register_at.h"
#include "core/nn/timestep_embedding.h"

#include <algorithm>

namespace limpid::networks {

torch::Tensor toType(const torch::Tensor& tensor, torch::ScalarType type)
{
    return tensor.defined() ? tensor.to(type) : tensor;
}

UnetEncoderImpl::UnetEncoderImpl(const UnetConfig& config, std::int64_t inChannels)
    : config_(config),
      firstEmbedding_(nn::registerAt(*this, "time_embed.0",
                                     nn::Linear(config.modelChannels, 4 * config.modelChannels))),
      secondEmbedding_(nn::registerAt(
          *this, "time_embed.2", nn::Linear(4 * config.modelChannels, 4 * config.modelChannels)))
{
    buildInputBlocks(inChannels);
    buildMiddleBlock();
}

std::int64_t UnetEncoderImpl::channelsAt(std::size_t level) const
{
    return config_.modelChannels * config_.channelMultipliers[level];
}

bool UnetEncoderImpl::hasAttention(std::int64_t factor) const
{
    const auto& factors = config_.attentionFactors;
    return std::find(factors.begin(), factors.end(), factor) != factors.end();
}

nn::ResidualBlock UnetEncoderImpl::makeResidual(std::int64_t in, std::int64_t out) const
{
    return nn::ResidualBlock(nn::ResidualBlockOptions{
        .inChannels = in,
        .outChannels = out,
        .embedding = 4 * config_.modelChannels,
        .norm = config_.norm,
    });
}

nn::SpatialTransformer UnetEncoderImpl::makeTransformer(std::int64_t channels,
                                                        std::int64_t factor) const
{
    const auto side = config_.windowFollowsLevel ? config_.windowSide / factor : config_.windowSide;
    return nn::SpatialTransformer(nn::SpatialTransformerOptions{
        .block = {.channels = channels,
                  .headChannels = config_.headChannels,
                  .contextChannels = config_.contextChannels},
        .windowSide = std::max<std::int64_t>(side, 1),
        .norm = config_.norm,
    });
}

void UnetEncoderImpl::appendInputBlock(const nn::TimedSequence& block, std::int64_t channels)
{
    nn::registerAt(*this, "input_blocks." + std::to_string(inputBlocks.size()), block);
    inputBlocks.push_back(block);
    skipChannels_.push_back(channels);
}

void UnetEncoderImpl::buildInputBlocks(std::int64_t inChannels)
{
    nn::TimedSequence stem;
    auto channels = config_.modelChannels;
    stem->append(nn::Convolution(inChannels, channels));
    appendInputBlock(stem, channels);
    const auto levels = config_.channelMultipliers.size();
    for (std::size_t level = 0; level < levels; ++level) {
        const auto factor = std::int64_t{1} << level;
        for (std::int64_t i = 0; i < config_.residualBlocks; ++i) {
            nn::TimedSequence block;
            block->append(makeResidual(channels, channelsAt(level)));
            channels = channelsAt(level);
            if (hasAttention(factor))
                block->append(makeTransformer(channels, factor));
            appendInputBlock(block, channels);
        }
        if (level + 1 == levels)
            break;
        nn::TimedSequence down;
        down->append(nn::Downsample("op", channels, nn::DownsamplePadding::Symmetric));
        appendInputBlock(down, channels);
    }
}

void UnetEncoderImpl::buildMiddleBlock()
{
    const auto deepest = config_.channelMultipliers.size() - 1;
    const auto channels = channelsAt(deepest);
    middleBlock->append(makeResidual(channels, channels));
    if (config_.middleAttention)
        middleBlock->append(makeTransformer(channels, std::int64_t{1} << deepest));
    middleBlock->append(makeResidual(channels, channels));
    register_module("middle_block", middleBlock);
}

torch::Tensor UnetEncoderImpl::embed(const torch::Tensor& timesteps)
{
    const auto sinusoids = nn::sinusoidalEmbedding(timesteps, config_.modelChannels);
    return secondEmbedding_(torch::silu(firstEmbedding_(sinusoids.to(weightType()))));
}

std::vector<torch::Tensor> UnetEncoderImpl::encode(torch::Tensor x, const torch::Tensor& embedding,
                                                   const torch::Tensor& context)
{
    std::vector<torch::Tensor> outputs;
    for (auto& block : inputBlocks) {
        x = block(x, embedding, context);
        outputs.push_back(x);
    }
    return outputs;
}

} // namespace limpid::networks
