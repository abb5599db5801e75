// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/networks/deblurdiff_config.h"
#include "core/nn/linear.h"
#include "core/nn/timed_sequence.h"

#include <torch/nn/module.h>
#include <torch/types.h>

#include <vector>

namespace limpid::networks {

/// What the U-Net and the ControlNet have in common: the timestep embedding, the input blocks and
/// the middle block. A base class, because both carry these under the same flat names.
class UnetEncoderImpl : public torch::nn::Module {
public:
    /// `inChannels` counts all that is concatenated at the input.
    UnetEncoderImpl(const UnetConfig& config, std::int64_t inChannels);

    /// timesteps: [N], integers or floats → [N, 4·modelChannels].
    torch::Tensor embed(const torch::Tensor& timesteps);

    /// x: [N, inChannels, H, W], H and W multiples of 2^(levels-1); embedding as from embed();
    /// context: [N, T, contextChannels] or undefined → the outputs of all input blocks.
    std::vector<torch::Tensor> encode(torch::Tensor x, const torch::Tensor& embedding,
                                      const torch::Tensor& context);

    /// Width and height of a latent must be multiples of this.
    std::int64_t alignment() const
    {
        return std::int64_t{1} << (config_.channelMultipliers.size() - 1);
    }

    /// The element type of the weights, in which the layers compute.
    torch::ScalarType weightType() const { return firstEmbedding_->weight.scalar_type(); }

    std::vector<nn::TimedSequence> inputBlocks;
    nn::TimedSequence middleBlock;

protected:
    nn::ResidualBlock makeResidual(std::int64_t in, std::int64_t out) const;
    nn::SpatialTransformer makeTransformer(std::int64_t channels, std::int64_t factor) const;
    bool hasAttention(std::int64_t factor) const;
    std::int64_t channelsAt(std::size_t level) const;

    UnetConfig config_;
    std::vector<std::int64_t> skipChannels_; ///< Of the outputs of the input blocks.

private:
    void appendInputBlock(const nn::TimedSequence& block, std::int64_t channels);
    void buildInputBlocks(std::int64_t inChannels);
    void buildMiddleBlock();

    nn::Linear firstEmbedding_;
    nn::Linear secondEmbedding_;
};

/// An undefined tensor stays undefined.
torch::Tensor toType(const torch::Tensor& tensor, torch::ScalarType type);

} // namespace limpid::networks
