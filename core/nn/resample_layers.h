// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/convolution.h"

#include <torch/nn/module.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

namespace limpid::nn {

/// Where the one row and column of zeros of a halving convolution go.
enum class DownsamplePadding {
    Symmetric,     ///< On every side: the U-Net.
    RightAndBelow, ///< The autoencoder.
};

/// Halves a map by a 3×3 convolution of stride 2.
class DownsampleImpl : public torch::nn::Module {
public:
    /// `name` is that of the convolution in the weight file ("op", "conv").
    DownsampleImpl(const std::string& name, std::int64_t channels, DownsamplePadding padding);

    /// x: [N, C, H, W] → [N, C, ⌈H/2⌉, ⌈W/2⌉]; the asymmetric one rounds down.
    torch::Tensor forward(const torch::Tensor& x);

private:
    DownsamplePadding padding_;
    Convolution convolution_;
};
TORCH_MODULE(Downsample);

/// Doubles a map by repeating pixels, then a 3×3 convolution ("conv").
class UpsampleImpl : public torch::nn::Module {
public:
    explicit UpsampleImpl(std::int64_t channels);

    /// x: [N, C, H, W] → [N, C, 2H, 2W].
    torch::Tensor forward(const torch::Tensor& x);

private:
    Convolution convolution_;
};
TORCH_MODULE(Upsample);

} // namespace limpid::nn
