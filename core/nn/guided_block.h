// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/channel_norm.h"

#include <torch/nn/module.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/linear.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

namespace limpid::nn {

struct GuidedBlockOptions {
    std::int64_t inChannels = 32;
    std::int64_t outChannels = 32;
    std::int64_t embedding = 0; ///< Width of the noise-level embedding; 0: not modulated.
    std::int64_t guidance = 0;  ///< Channels of the structure guidance; 0: not guided.
    bool channelNorm = true;    ///< Normalize each pixel over its channels before the first conv.
    bool scaleShift = true;     ///< Modulate by scale and shift; else only add (Ren et al. 2023).
};

/// The guided residual block of MSG (Ren et al., ICCV 2023, Fig. 12): SiLU, 3×3 convolution, added
/// guidance features, noise-level modulation, SiLU, 3×3 convolution (zero at first), plus a skip.
class GuidedBlockImpl : public torch::nn::Module {
public:
    explicit GuidedBlockImpl(const GuidedBlockOptions& options);

    /// x: [N, inChannels, H, W]; embedding: [N, embedding] or undefined; guidance:
    /// [N, guidance, H, W] or undefined → [N, outChannels, H, W].
    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& embedding = {},
                          const torch::Tensor& guidance = {});

private:
    torch::Tensor modulated(const torch::Tensor& features, const torch::Tensor& embedding);

    GuidedBlockOptions options_;
    ChannelNorm norm_{nullptr};
    torch::nn::Conv2d first_{nullptr};
    torch::nn::Conv2d second_{nullptr};
    torch::nn::Conv2d skip_{nullptr};
    torch::nn::Conv2d guide_{nullptr};
    torch::nn::Linear modulation_{nullptr};
};
TORCH_MODULE(GuidedBlock);

/// A 3×3 convolution that keeps the size (zero padding).
torch::nn::Conv2d conv3x3(std::int64_t in, std::int64_t out, std::int64_t stride = 1);

/// The same with all weights zero, so that what it feeds starts as if it were absent.
torch::nn::Conv2d zeroConv3x3(std::int64_t in, std::int64_t out);

} // namespace limpid::nn
