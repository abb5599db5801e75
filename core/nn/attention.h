// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/linear.h"

#include <torch/nn/module.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

namespace limpid::nn {

struct AttentionOptions {
    std::int64_t channels = 320;
    std::int64_t contextChannels =
        320;                        ///< Of what is looked at; equals channels for self-attention.
    std::int64_t headChannels = 64; ///< Must divide channels.
};

/// Scaled dot-product attention with several heads. Queries come from x, keys and values from the
/// context.
class AttentionImpl : public torch::nn::Module {
public:
    explicit AttentionImpl(const AttentionOptions& options);

    /// x: [N, L, channels]; context: [N, T, contextChannels], x itself for self-attention
    /// → [N, L, channels].
    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& context);

private:
    std::int64_t headChannels_;
    Linear query_;
    Linear key_;
    Linear value_;
    Linear out_;
};
TORCH_MODULE(Attention);

/// [N, L, heads·width] → [N, heads, L, width].
torch::Tensor splitHeads(const torch::Tensor& x, std::int64_t width);

/// [N, heads, L, width] → [N, L, heads·width].
torch::Tensor joinHeads(const torch::Tensor& x);

} // namespace limpid::nn
