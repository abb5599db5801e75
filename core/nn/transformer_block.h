// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/attention.h"
#include "core/nn/gated_feed_forward.h"
#include "core/nn/layer_norm.h"

#include <torch/nn/module.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

namespace limpid::nn {

struct TransformerOptions {
    std::int64_t channels = 320;
    std::int64_t headChannels = 64;
    std::int64_t contextChannels = 1024; ///< 0: no cross-attention.
};

/// Self-attention, cross-attention and gated feed-forward, each normalized before and added.
class TransformerBlockImpl : public torch::nn::Module {
public:
    explicit TransformerBlockImpl(const TransformerOptions& options);

    /// x: [N, L, channels]; context: [N, T, contextChannels] → [N, L, channels].
    torch::Tensor forward(torch::Tensor x, const torch::Tensor& context);

private:
    LayerNorm selfNorm_;
    Attention self_;
    LayerNorm crossNorm_{nullptr};
    Attention cross_{nullptr};
    LayerNorm feedForwardNorm_;
    GatedFeedForward feedForward_;
};
TORCH_MODULE(TransformerBlock);

} // namespace limpid::nn
