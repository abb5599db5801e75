// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/convolution.h"
#include "core/nn/feature_norm.h"
#include "core/nn/linear.h"

#include <torch/nn/module.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

namespace limpid::nn {

struct ResidualBlockOptions {
    std::int64_t inChannels = 320;
    std::int64_t outChannels = 320;
    std::int64_t embedding = 1280; ///< Width of the timestep embedding.
    NormKind norm = NormKind::GroupSpatial;
};

/// The residual block of Stable Diffusion's U-Net: norm, SiLU, convolution, the timestep added to
/// every pixel, norm, SiLU, convolution, plus a skip.
class ResidualBlockImpl : public torch::nn::Module {
public:
    explicit ResidualBlockImpl(const ResidualBlockOptions& options);

    /// x: [N, inChannels, H, W]; embedding: [N, embedding] → [N, outChannels, H, W].
    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& embedding);

    /// Zero for a network that is trained from scratch: the block starts as its skip.
    Convolution& lastLayer() { return secondConvolution_; }

private:
    FeatureNorm firstNorm_;
    Convolution firstConvolution_;
    Linear embeddingLayer_;
    FeatureNorm secondNorm_;
    Convolution secondConvolution_;
    Convolution skip_{nullptr};
};
TORCH_MODULE(ResidualBlock);

} // namespace limpid::nn
