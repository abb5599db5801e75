// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/networks/icdpm_unet.h"

#include "core/nn/band_pass.h"

#include <stdexcept>
#include <string>

namespace limpid::networks {

namespace {

constexpr std::int64_t rgb = 3;
constexpr std::int64_t sinusoids = 64;
constexpr double bandScale = 4.0; // bands of a photograph are small next to the picture itself

torch::Tensor doubled(const torch::Tensor& x)
{
    return torch::upsample_nearest2d(x, {x.size(2) * 2, x.size(3) * 2});
}

} // namespace

IcdpmUnetConfig compactConfig(const std::string& size)
{
    if (size == "xs")
        return {};
    if (size == "s")
        return {.channels = {32, 64, 128, 224}, .guidanceChannels = 32};
    if (size == "m")
        return {.channels = {64, 128, 192, 256}, .guidanceChannels = 32};
    throw std::invalid_argument("unknown size '" + size + "': want xs, s or m");
}

IcdpmUnetConfig paperConfig()
{
    return {.channels = {64, 128, 192, 256},
            .encoderBlocks = 3,
            .middleBlocks = 2,
            .decoderBlocks = 4,
            .unshuffle = 1,
            .bands = 0,
            .guidanceChannels = 32,
            .channelNorm = false,
            .scaleShift = false,
            .skipEveryBlock = true,
            .output = NetworkOutput::Epsilon};
}

IcdpmUnetImpl::IcdpmUnetImpl(const IcdpmUnetConfig& config) : config_(config)
{
    // Log-SNR spans about −12…12, √ᾱ 0…1: both are stretched over many periods of the sinusoids.
    const double scale = config_.output == NetworkOutput::Sharp ? 40.0 : 1000.0;
    embed_ = register_module("embed", nn::TimestepEmbedding(sinusoids, config_.embedding, scale));

    const auto cells = config_.unshuffle * config_.unshuffle;
    const auto stemChannels = (2 * rgb + config_.bands * rgb) * cells;
    stem_ = register_module("stem", nn::conv3x3(stemChannels, config_.channels.front()));
    levels_.resize(config_.channels.size());
    buildEncoder();
    for (std::int64_t i = 0; i < config_.middleBlocks; ++i)
        middle_.push_back(makeBlock("middle" + std::to_string(i), config_.channels.back(),
                                    config_.channels.back(), 0));
    buildDecoder();
    head_ = register_module(
        "head", nn::zeroConv3x3(config_.channels.front(), (rgb + config_.bands) * cells));
}

void IcdpmUnetImpl::buildEncoder()
{
    auto channels = config_.channels.front();
    if (config_.skipEveryBlock)
        skipChannels_.push_back(channels);
    for (std::size_t l = 0; l < levels_.size(); ++l) {
        const std::string prefix = "down" + std::to_string(l) + "_";
        const auto guidance = guidanceIndex(l) >= 0 ? config_.guidanceChannels : 0;
        for (std::int64_t i = 0; i < config_.encoderBlocks; ++i) {
            levels_[l].encoder.push_back(makeBlock(prefix + "block" + std::to_string(i), channels,
                                                   config_.channels[l], guidance));
            channels = config_.channels[l];
            if (config_.skipEveryBlock || i + 1 == config_.encoderBlocks)
                skipChannels_.push_back(channels);
        }
        if (l + 1 == levels_.size())
            break;
        levels_[l].down =
            register_module(prefix + "half", nn::conv3x3(channels, channels, /*stride=*/2));
        if (config_.skipEveryBlock)
            skipChannels_.push_back(channels);
    }
}

void IcdpmUnetImpl::buildDecoder()
{
    auto skips = skipChannels_;
    auto channels = config_.channels.back();
    for (std::size_t l = levels_.size(); l-- > 0;) {
        const std::string prefix = "up" + std::to_string(l) + "_";
        for (std::int64_t i = 0; i < config_.decoderBlocks; ++i) {
            auto in = channels;
            if (config_.skipEveryBlock || i == 0) {
                in += skips.back();
                skips.pop_back();
            }
            levels_[l].decoder.push_back(
                makeBlock(prefix + "block" + std::to_string(i), in, config_.channels[l], 0));
            channels = config_.channels[l];
        }
        if (l == 0)
            break;
        levels_[l].up =
            register_module(prefix + "double", nn::conv3x3(channels, config_.channels[l - 1]));
        channels = config_.channels[l - 1];
    }
}

nn::GuidedBlock IcdpmUnetImpl::makeBlock(const std::string& name, std::int64_t in, std::int64_t out,
                                         std::int64_t guidance)
{
    return register_module(name, nn::GuidedBlock(nn::GuidedBlockOptions{
                                     .inChannels = in,
                                     .outChannels = out,
                                     .embedding = config_.embedding,
                                     .guidance = guidance,
                                     .channelNorm = config_.channelNorm,
                                     .scaleShift = config_.scaleShift,
                                 }));
}

std::int64_t IcdpmUnetImpl::alignment() const
{
    const std::int64_t unet = config_.unshuffle << (config_.channels.size() - 1);
    const std::int64_t guidance =
        config_.guidanceScales.empty() ? 1 : config_.guidanceScales.back();
    return std::max(unet, guidance);
}

/// Which entry of the guidance meets this level, −1 for none: the one at the level's resolution.
std::int64_t IcdpmUnetImpl::guidanceIndex(std::size_t level) const
{
    const std::int64_t factor = config_.unshuffle << level;
    for (std::size_t i = 0; i < config_.guidanceScales.size(); ++i)
        if (config_.guidanceScales[i] == factor)
            return static_cast<std::int64_t>(i);
    return -1;
}

torch::Tensor IcdpmUnetImpl::forward(const torch::Tensor& noisy, const torch::Tensor& blurred,
                                     const torch::Tensor& level,
                                     const std::vector<torch::Tensor>& guidance)
{
    torch::Tensor bands;
    std::vector<torch::Tensor> inputs{noisy, blurred};
    if (config_.bands > 0) {
        bands = nn::bandPass(blurred, config_.bands);
        inputs.push_back(bands.flatten(1, 2) * bandScale);
    }
    const auto pixels = torch::pixel_unshuffle(torch::cat(inputs, 1), config_.unshuffle);
    const auto embedding = embed_(level);

    auto h = stem_(pixels.contiguous(torch::MemoryFormat::ChannelsLast));
    std::vector<torch::Tensor> skips;
    h = encode(h, skips, embedding, guidance);
    for (auto& block : middle_)
        h = block(h, embedding);
    h = decode(h, skips, embedding);
    return assemble(head_(torch::silu(h)), blurred, bands);
}

torch::Tensor IcdpmUnetImpl::encode(torch::Tensor h, std::vector<torch::Tensor>& skips,
                                    const torch::Tensor& embedding,
                                    const std::vector<torch::Tensor>& guidance)
{
    const bool everyBlock = config_.skipEveryBlock;
    if (everyBlock)
        skips.push_back(h);
    for (std::size_t l = 0; l < levels_.size(); ++l) {
        const auto index = guidanceIndex(l);
        const auto guide = index >= 0 && !guidance.empty()
                               ? guidance[static_cast<std::size_t>(index)]
                               : torch::Tensor{};
        for (auto& block : levels_[l].encoder) {
            h = block(h, embedding, guide);
            if (everyBlock)
                skips.push_back(h);
        }
        if (!everyBlock)
            skips.push_back(h);
        if (levels_[l].down)
            h = levels_[l].down(h);
        if (everyBlock && levels_[l].down)
            skips.push_back(h);
    }
    return h;
}

torch::Tensor IcdpmUnetImpl::decode(torch::Tensor h, std::vector<torch::Tensor>& skips,
                                    const torch::Tensor& embedding)
{
    for (std::size_t l = levels_.size(); l-- > 0;) {
        for (std::size_t i = 0; i < levels_[l].decoder.size(); ++i) {
            if (config_.skipEveryBlock || i == 0) {
                h = torch::cat({h, skips.back()}, 1);
                skips.pop_back();
            }
            h = levels_[l].decoder[i](h, embedding);
        }
        if (levels_[l].up)
            h = levels_[l].up(doubled(h));
    }
    return h;
}

/// Per-pixel gains on the bands are the cheapest way to sharpen: the network only has to say
/// how much of each band is missing here. They are shared by the three colors.
torch::Tensor IcdpmUnetImpl::assemble(const torch::Tensor& output, const torch::Tensor& blurred,
                                      const torch::Tensor& bands) const
{
    const auto full = torch::pixel_shuffle(output, config_.unshuffle).to(torch::kFloat32);
    if (config_.output == NetworkOutput::Epsilon)
        return full;
    auto sharp = blurred + full.narrow(1, 0, rgb);
    if (config_.bands > 0) {
        const auto gains = full.narrow(1, rgb, config_.bands).unsqueeze(2) * bandScale;
        sharp = sharp + (gains * bands).sum(1);
    }
    return sharp;
}

} // namespace limpid::networks
