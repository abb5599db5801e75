// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/nn/module.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

namespace limpid::nn {

/// Layer normalization over the channels of each pixel on its own, with learned scale and shift.
/// No statistics over space, so a tile is normalized exactly as the whole picture is.
class ChannelNormImpl : public torch::nn::Module {
public:
    explicit ChannelNormImpl(std::int64_t channels);

    /// x: [N, C, H, W] → [N, C, H, W]; cheapest in channels-last memory.
    torch::Tensor forward(const torch::Tensor& x);

private:
    torch::Tensor weight_;
    torch::Tensor bias_;
};
TORCH_MODULE(ChannelNorm);

} // namespace limpid::nn
