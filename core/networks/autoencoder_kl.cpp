// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/networks/autoencoder_kl.h"

#include "core/nn/register_at.h"
#include "core/nn/shape_check.h"

#include <algorithm>

namespace limpid::networks {

namespace {

nn::AutoencoderBlock makeBlock(const AutoencoderConfig& config, std::int64_t in, std::int64_t out)
{
    return nn::AutoencoderBlock(
        nn::AutoencoderBlockOptions{.inChannels = in, .outChannels = out, .norm = config.norm});
}

nn::FeatureNorm makeOutNorm(const AutoencoderConfig& config, std::int64_t channels)
{
    return nn::FeatureNorm(channels, nn::FeatureNormOptions{.kind = config.norm, .epsilon = 1e-6});
}

/// `count` blocks, the first of which changes the width.
AutoencoderLevel makeLevel(const AutoencoderConfig& config, std::int64_t count, std::int64_t in,
                           std::int64_t out)
{
    AutoencoderLevel level;
    for (std::int64_t i = 0; i < count; ++i)
        level->blocks.push_back(nn::registerAt(*level, "block." + std::to_string(i),
                                               makeBlock(config, i == 0 ? in : out, out)));
    return level;
}

} // namespace

torch::Tensor AutoencoderLevelImpl::applyBlocks(torch::Tensor x)
{
    for (auto& block : blocks)
        x = block(x);
    return x;
}

torch::Tensor AutoencoderLevelImpl::resample(const torch::Tensor& x)
{
    if (down)
        return down(x);
    return up ? up(x) : x;
}

AutoencoderMiddleImpl::AutoencoderMiddleImpl(const AutoencoderConfig& config)
{
    const auto channels = config.channels * config.multipliers.back();
    first = register_module("block_1", makeBlock(config, channels, channels));
    if (config.middleAttention)
        attention = register_module("attn_1", nn::PixelAttention(channels, config.norm));
    second = register_module("block_2", makeBlock(config, channels, channels));
}

torch::Tensor AutoencoderMiddleImpl::forward(const torch::Tensor& x)
{
    const auto h = first(x);
    return second(attention ? attention(h) : h);
}

AutoencoderEncoderImpl::AutoencoderEncoderImpl(const AutoencoderConfig& config)
{
    auto channels = config.channels;
    in = register_module("conv_in", nn::Convolution(config.inChannels, channels));
    for (std::size_t i = 0; i < config.multipliers.size(); ++i) {
        const auto next = config.channels * config.multipliers[i];
        auto level = makeLevel(config, config.residualBlocks, channels, next);
        channels = next;
        if (i + 1 < config.multipliers.size())
            level->down = level->register_module(
                "downsample",
                nn::Downsample("conv", channels, nn::DownsamplePadding::RightAndBelow));
        levels.push_back(nn::registerAt(*this, "down." + std::to_string(i), level));
    }
    middle = register_module("mid", AutoencoderMiddle(config));
    outNorm = register_module("norm_out", makeOutNorm(config, channels));
    out = register_module("conv_out", nn::Convolution(channels, 2 * config.zChannels));
}

torch::Tensor AutoencoderEncoderImpl::forward(const torch::Tensor& image)
{
    auto h = in(image);
    for (auto& level : levels)
        h = level(h);
    return out(torch::silu(outNorm(middle(h))));
}

std::vector<torch::Tensor> AutoencoderEncoderImpl::features(const torch::Tensor& image,
                                                            std::size_t count)
{
    std::vector<torch::Tensor> found;
    auto h = in(image);
    for (std::size_t i = 0; i < count; ++i) {
        found.push_back(levels[i]->applyBlocks(i == 0 ? h : levels[i - 1]->resample(h)));
        h = found.back();
    }
    return found;
}

AutoencoderDecoderImpl::AutoencoderDecoderImpl(const AutoencoderConfig& config)
{
    auto channels = config.channels * config.multipliers.back();
    in = register_module("conv_in", nn::Convolution(config.zChannels, channels));
    middle = register_module("mid", AutoencoderMiddle(config));
    levels.resize(config.multipliers.size(), AutoencoderLevel(nullptr));
    for (std::size_t i = levels.size(); i-- > 0;) {
        const auto next = config.channels * config.multipliers[i];
        levels[i] = makeLevel(config, config.residualBlocks + 1, channels, next);
        channels = next;
        if (i > 0)
            levels[i]->up = levels[i]->register_module("upsample", nn::Upsample(channels));
        nn::registerAt(*this, "up." + std::to_string(i), levels[i]);
    }
    outNorm = register_module("norm_out", makeOutNorm(config, channels));
    out = register_module("conv_out", nn::Convolution(channels, config.outChannels));
}

torch::Tensor AutoencoderDecoderImpl::forward(const torch::Tensor& z,
                                              const std::vector<torch::Tensor>& additions)
{
    auto h = middle(in(z));
    for (std::size_t i = levels.size(); i-- > 0;)
        h = levels[i](i < additions.size() ? h + additions[i] : h);
    return out(torch::silu(outNorm(h)));
}

AutoencoderSkipsImpl::AutoencoderSkipsImpl(const AutoencoderConfig& config)
{
    constexpr std::size_t most = 2; // full and half size
    const auto& widths = config.multipliers;
    for (std::size_t i = 0; i < std::min(most, widths.size()); ++i) {
        const auto from = config.channels * widths[i];
        const auto to = config.channels * widths[std::min(i + 1, widths.size() - 1)];
        layers_.push_back(register_module(std::to_string(i), nn::pointConvolution(from, to)));
    }
}

std::vector<torch::Tensor> AutoencoderSkipsImpl::forward(const std::vector<torch::Tensor>& features)
{
    std::vector<torch::Tensor> additions;
    for (std::size_t i = 0; i < layers_.size(); ++i)
        additions.push_back(layers_[i](features[i]));
    return additions;
}

AutoencoderKlImpl::AutoencoderKlImpl(const AutoencoderConfig& config, double latentScale)
    : encoder(register_module("encoder", AutoencoderEncoder(config))),
      decoder(register_module("decoder", AutoencoderDecoder(config))),
      quant(register_module("quant_conv",
                            nn::pointConvolution(2 * config.zChannels, 2 * config.embedChannels))),
      postQuant(register_module("post_quant_conv",
                                nn::pointConvolution(config.embedChannels, config.zChannels))),
      config_(config), latentScale_(latentScale)
{
    if (config.skips)
        skips = register_module("skips", AutoencoderSkips(config));
}

torch::Tensor AutoencoderKlImpl::moments(const torch::Tensor& image)
{
    nn::checkShape("picture to encode", image, {-1, config_.inChannels, -1, -1});
    const auto type = quant->weight.scalar_type();
    return quant(encoder(image.to(type))).to(image.scalar_type());
}

nn::DiagonalGaussian AutoencoderKlImpl::encode(const torch::Tensor& image)
{
    return nn::DiagonalGaussian::fromMoments(moments(image));
}

torch::Tensor AutoencoderKlImpl::encodeMode(const torch::Tensor& image)
{
    return encode(image).mean * latentScale_;
}

torch::Tensor AutoencoderKlImpl::encodeSample(const torch::Tensor& image,
                                              const torch::Tensor& noise)
{
    return encode(image).sample(noise) * latentScale_;
}

torch::Tensor AutoencoderKlImpl::decoded(const torch::Tensor& scaled,
                                         const std::vector<torch::Tensor>& additions)
{
    nn::checkShape("latent to decode", scaled, {-1, config_.embedChannels, -1, -1});
    const auto type = postQuant->weight.scalar_type();
    const auto z = postQuant((scaled / latentScale_).to(type));
    return decoder(z, additions).to(scaled.scalar_type());
}

torch::Tensor AutoencoderKlImpl::decode(const torch::Tensor& scaled)
{
    return decoded(scaled, {});
}

std::vector<torch::Tensor> AutoencoderKlImpl::skipsOf(const torch::Tensor& blurred)
{
    if (!skips)
        return {};
    const auto type = quant->weight.scalar_type();
    return skips(encoder->features(blurred.to(type), skips->count()));
}

torch::Tensor AutoencoderKlImpl::decodeOnto(const torch::Tensor& scaled,
                                            const torch::Tensor& blurred,
                                            const std::vector<torch::Tensor>& additions)
{
    const auto picture = decoded(scaled, additions);
    return skips ? blurred + picture : picture;
}

} // namespace limpid::networks
