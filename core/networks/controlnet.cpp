// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/networks/controlnet.h"

#include "core/nn/register_at.h"
#include "core/nn/shape_check.h"

namespace limpid::networks {

ControlNetImpl::ControlNetImpl(const UnetConfig& config, std::int64_t hintChannels)
    : UnetEncoderImpl(config, config.inChannels + hintChannels)
{
    for (std::size_t i = 0; i < skipChannels_.size(); ++i)
        zeroConvolutions_.push_back(
            nn::registerAt(*this, "zero_convs." + std::to_string(i) + ".0",
                           nn::pointConvolution(skipChannels_[i], skipChannels_[i])));
    const auto channels = skipChannels_.back();
    zeroConvolutions_.push_back(
        nn::registerAt(*this, "middle_block_out.0", nn::pointConvolution(channels, channels)));
}

std::vector<torch::Tensor> ControlNetImpl::forward(const torch::Tensor& x,
                                                   const torch::Tensor& hint,
                                                   const torch::Tensor& t,
                                                   const torch::Tensor& context)
{
    nn::checkShape("ControlNet input", x, {-1, config_.inChannels, -1, -1});
    const auto embedding = embed(t);
    const auto words = toType(context, weightType());
    const auto input = torch::cat({x, hint.to(x.scalar_type())}, 1).to(weightType());
    auto outputs = encode(input, embedding, words);
    outputs.push_back(middleBlock(outputs.back(), embedding, words));
    for (std::size_t i = 0; i < outputs.size(); ++i)
        outputs[i] = zeroConvolutions_[i](outputs[i]);
    return outputs;
}

} // namespace limpid::networks
