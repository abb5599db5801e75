// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/networks/deblurdiff_config.h"
#include "core/nn/autoencoder_block.h"
#include "core/nn/diagonal_gaussian.h"
#include "core/nn/resample_layers.h"

#include <torch/torch.h>

#include <vector>

namespace limpid::networks {

/// The blocks of one resolution, named "block.N", and the step to the next one.
class AutoencoderLevelImpl : public torch::nn::Module {
public:
    torch::Tensor forward(torch::Tensor x);

    std::vector<nn::AutoencoderBlock> blocks;
    nn::Downsample down{nullptr}; ///< After the blocks, in the encoder, unless the last level.
    nn::Upsample up{nullptr};     ///< After the blocks, in the decoder, unless the first level.
};
TORCH_MODULE(AutoencoderLevel);

/// Block, attention (unless left out), block at the lowest resolution.
class AutoencoderMiddleImpl : public torch::nn::Module {
public:
    explicit AutoencoderMiddleImpl(const AutoencoderConfig& config);

    /// x: [N, C, h, w], same shape out.
    torch::Tensor forward(const torch::Tensor& x);

    nn::AutoencoderBlock first{nullptr};
    nn::PixelAttention attention{nullptr};
    nn::AutoencoderBlock second{nullptr};
};
TORCH_MODULE(AutoencoderMiddle);

class AutoencoderEncoderImpl : public torch::nn::Module {
public:
    explicit AutoencoderEncoderImpl(const AutoencoderConfig& config);

    /// image: [N, inChannels, H, W] → [N, 2·zChannels, H/factor, W/factor].
    torch::Tensor forward(const torch::Tensor& image);

    nn::Convolution in{nullptr};
    std::vector<AutoencoderLevel> levels; ///< "down.L"
    AutoencoderMiddle middle{nullptr};
    nn::FeatureNorm outNorm{nullptr};
    nn::Convolution out{nullptr};
};
TORCH_MODULE(AutoencoderEncoder);

class AutoencoderDecoderImpl : public torch::nn::Module {
public:
    explicit AutoencoderDecoderImpl(const AutoencoderConfig& config);

    /// z: [N, zChannels, h, w] → [N, outChannels, h·factor, w·factor].
    torch::Tensor forward(const torch::Tensor& z);

    nn::Convolution in{nullptr};
    AutoencoderMiddle middle{nullptr};
    std::vector<AutoencoderLevel> levels; ///< "up.L"; used from the last to the first.
    nn::FeatureNorm outNorm{nullptr};
    nn::Convolution out{nullptr};
};
TORCH_MODULE(AutoencoderDecoder);

/// Stable Diffusion's autoencoder. Latents outside are multiplied by `latentScale`.
class AutoencoderKlImpl : public torch::nn::Module {
public:
    AutoencoderKlImpl(const AutoencoderConfig& config, double latentScale);

    /// image: [N, inChannels, H, W], sides multiples of factor(); DeblurDiff feeds the blurred
    /// picture in 0…1, sharp ones in −1…1 → [N, 2·embedChannels, H/factor, W/factor], means first.
    torch::Tensor moments(const torch::Tensor& image);

    /// The distribution that moments() describe; not scaled.
    nn::DiagonalGaussian encode(const torch::Tensor& image);

    /// Its mode times the scale.
    torch::Tensor encodeMode(const torch::Tensor& image);

    /// A sample of it times the scale. noise: [N, embedChannels, H/factor, W/factor].
    torch::Tensor encodeSample(const torch::Tensor& image, const torch::Tensor& noise);

    /// scaled: [N, embedChannels, h, w] → [N, outChannels, h·factor, w·factor], nominally −1…1, not
    /// clamped.
    torch::Tensor decode(const torch::Tensor& scaled);

    const AutoencoderConfig& config() const { return config_; }
    std::int64_t factor() const { return config_.factor(); }
    double latentScale() const { return latentScale_; }

    AutoencoderEncoder encoder;
    AutoencoderDecoder decoder;
    nn::Convolution quant;     ///< Behind the encoder.
    nn::Convolution postQuant; ///< Before the decoder.

private:
    AutoencoderConfig config_;
    double latentScale_;
};
TORCH_MODULE(AutoencoderKl);

} // namespace limpid::networks
