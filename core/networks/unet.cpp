// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/networks/unet.h"

#include "core/nn/register_at.h"
#include "core/nn/shape_check.h"

namespace limpid::networks {

UnetImpl::UnetImpl(const UnetConfig& config) : UnetEncoderImpl(config, config.inChannels)
{
    buildOutputBlocks();
    const auto channels = channelsAt(0);
    outNorm_ = nn::registerAt(
        *this, "out.0", nn::FeatureNorm(channels, nn::FeatureNormOptions{.kind = config.norm}));
    outConvolution_ = nn::registerAt(*this, "out.2", nn::Convolution(channels, config.outChannels));
}

void UnetImpl::buildOutputBlocks()
{
    const auto levels = config_.channelMultipliers.size();
    auto channels = channelsAt(levels - 1);
    auto skips = skipChannels_;
    for (std::size_t level = levels; level-- > 0;) {
        const auto factor = std::int64_t{1} << level;
        for (std::int64_t i = 0; i <= config_.residualBlocks; ++i) {
            nn::TimedSequence block;
            block->append(makeResidual(channels + skips.back(), channelsAt(level)));
            skips.pop_back();
            channels = channelsAt(level);
            if (hasAttention(factor))
                block->append(makeTransformer(channels, factor));
            if (level > 0 && i == config_.residualBlocks)
                block->append(nn::Upsample(channels));
            nn::registerAt(*this, "output_blocks." + std::to_string(outputBlocks.size()), block);
            outputBlocks.push_back(block);
        }
    }
}

torch::Tensor UnetImpl::forward(const torch::Tensor& x, const torch::Tensor& t,
                                const torch::Tensor& context,
                                const std::vector<torch::Tensor>& control)
{
    nn::checkShape("U-Net input", x, {-1, config_.inChannels, -1, -1});
    TORCH_CHECK(control.size() < 2 || control.size() == inputBlocks.size() + 1, "want ",
                inputBlocks.size() + 1, " controls, got ", control.size());
    const auto embedding = embed(t);
    const auto words = toType(context, weightType());
    auto skips = encode(x.to(weightType()), embedding, words);
    auto h = middleBlock(skips.back(), embedding, words);
    auto remaining = control.size();
    if (remaining > 0)
        h = h + control[--remaining];
    for (auto& block : outputBlocks) {
        auto skip = skips.back();
        skips.pop_back();
        if (remaining > 0)
            skip = skip + control[--remaining];
        h = block(torch::cat({h, skip}, 1), embedding, words);
    }
    return outConvolution_(torch::silu(outNorm_(h))).to(x.scalar_type());
}

} // namespace limpid::networks
