// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/convolution.h"
#include "core/nn/feature_norm.h"

#include <torch/nn/module.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

namespace limpid::nn {

struct AutoencoderBlockOptions {
    std::int64_t inChannels = 128;
    std::int64_t outChannels = 128;
    NormKind norm = NormKind::GroupSpatial;
};

/// The residual block of Stable Diffusion's autoencoder; no timestep, ε = 1e-6.
class AutoencoderBlockImpl : public torch::nn::Module {
public:
    explicit AutoencoderBlockImpl(const AutoencoderBlockOptions& options);

    /// x: [N, inChannels, H, W] → [N, outChannels, H, W].
    torch::Tensor forward(const torch::Tensor& x);

private:
    FeatureNorm firstNorm_;
    Convolution firstConvolution_;
    FeatureNorm secondNorm_;
    Convolution secondConvolution_;
    Convolution shortcut_{nullptr};
};
TORCH_MODULE(AutoencoderBlock);

/// Attention with one head over all pixels, without windows, plus its input.
class PixelAttentionImpl : public torch::nn::Module {
public:
    PixelAttentionImpl(std::int64_t channels, NormKind norm);

    /// x: [N, C, H, W], same shape out. Memory grows with H·W, time with its square.
    torch::Tensor forward(const torch::Tensor& x);

private:
    FeatureNorm norm_;
    Convolution query_;
    Convolution key_;
    Convolution value_;
    Convolution out_;
};
TORCH_MODULE(PixelAttention);

} // namespace limpid::nn
