// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/networks/deblurdiff_config.h"
#include "core/nn/layer_norm.h"
#include "core/nn/linear.h"

#include <torch/nn/module.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

#include <vector>

namespace limpid::networks {

/// One residual block of the text tower: causal self-attention, then two layers with exact GELU.
class TextBlockImpl : public torch::nn::Module {
public:
    explicit TextBlockImpl(const TextEncoderConfig& config);

    /// x: [N, L, width], same shape out; a position sees itself and those before it.
    torch::Tensor forward(torch::Tensor x);

private:
    torch::Tensor attend(const torch::Tensor& x);

    std::int64_t heads_;
    nn::LayerNorm attentionNorm_;
    torch::Tensor projectionWeight_; ///< Queries, keys and values in one, [3·width, width].
    torch::Tensor projectionBias_;
    nn::Linear attentionOut_;
    nn::LayerNorm hiddenNorm_;
    nn::Linear hidden_;
    nn::Linear out_;
};
TORCH_MODULE(TextBlock);

/// The text tower of OpenCLIP as Stable Diffusion 2.1 uses it: all blocks but the last, then the
/// final norm. The last block and two more parameters exist because files carry them.
class TextEncoderImpl : public torch::nn::Module {
public:
    explicit TextEncoderImpl(const TextEncoderConfig& config);

    /// tokens: [N, L] integers, L ≤ contextLength → [N, L, width], computed in the weights' type.
    torch::Tensor forward(const torch::Tensor& tokens);

    /// The same up to and including block `count`−1, without the final norm.
    torch::Tensor afterBlocks(const torch::Tensor& tokens, std::size_t count);

    const TextEncoderConfig& config() const { return config_; }

    std::vector<TextBlock> blocks;
    nn::LayerNorm finalNorm{nullptr};

private:
    TextEncoderConfig config_;
    torch::Tensor tokenEmbedding_;      ///< [vocabulary, width]
    torch::Tensor positionalEmbedding_; ///< [contextLength, width]
};
TORCH_MODULE(TextEncoder);

} // namespace limpid::networks
