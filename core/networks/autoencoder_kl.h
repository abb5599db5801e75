// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/networks/deblurdiff_config.h"
#include "core/nn/autoencoder_block.h"
#include "core/nn/diagonal_gaussian.h"
#include "core/nn/resample_layers.h"

#include <torch/nn/module.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

#include <vector>

namespace limpid::networks {

/// The blocks of one resolution, named "block.N", and the step to the next one.
class AutoencoderLevelImpl : public torch::nn::Module {
public:
    /// x: [N, C, H, W] → [N, C', H', W'].
    torch::Tensor forward(const torch::Tensor& x) { return resample(applyBlocks(x)); }

    torch::Tensor applyBlocks(torch::Tensor x);
    torch::Tensor resample(const torch::Tensor& x);

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

    /// The features of the first `count` levels at their own sizes, before each is halved.
    std::vector<torch::Tensor> features(const torch::Tensor& image, std::size_t count);

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

    /// z: [N, zChannels, h, w]; `additions` go to the inputs of the first levels, at their sizes
    /// → [N, outChannels, h·factor, w·factor].
    torch::Tensor forward(const torch::Tensor& z, const std::vector<torch::Tensor>& additions);

    nn::Convolution in{nullptr};
    AutoencoderMiddle middle{nullptr};
    std::vector<AutoencoderLevel> levels; ///< "up.L"; used from the last to the first.
    nn::FeatureNorm outNorm{nullptr};
    nn::Convolution out{nullptr};
};
TORCH_MODULE(AutoencoderDecoder);

/// Leads the encoder's features of the blurred picture, at full and half size, into the decoder.
class AutoencoderSkipsImpl : public torch::nn::Module {
public:
    explicit AutoencoderSkipsImpl(const AutoencoderConfig& config);

    /// features: as from AutoencoderEncoder::features() → the decoder's additions.
    std::vector<torch::Tensor> forward(const std::vector<torch::Tensor>& features);

    std::size_t count() const { return layers_.size(); }

private:
    std::vector<nn::Convolution> layers_;
};
TORCH_MODULE(AutoencoderSkips);

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

    /// What decodeOnto() needs of the blurred picture; costs the encoder's first two levels.
    /// blurred: [N, inChannels, H, W], −1…1. Nothing for a model without skips.
    std::vector<torch::Tensor> skipsOf(const torch::Tensor& blurred);

    /// For a model with skips: the blurred picture plus what the decoder makes of the latent and of
    /// `additions` from skipsOf(). For any other the same as decode().
    torch::Tensor decodeOnto(const torch::Tensor& scaled, const torch::Tensor& blurred,
                             const std::vector<torch::Tensor>& additions);

    const AutoencoderConfig& config() const { return config_; }
    std::int64_t factor() const { return config_.factor(); }
    double latentScale() const { return latentScale_; }

    /// Once training has measured how far the latents spread.
    void setLatentScale(double scale) { latentScale_ = scale; }

    AutoencoderEncoder encoder;
    AutoencoderDecoder decoder;
    nn::Convolution quant;           ///< Behind the encoder.
    nn::Convolution postQuant;       ///< Before the decoder.
    AutoencoderSkips skips{nullptr}; ///< Empty unless the configuration asks for them.

private:
    torch::Tensor decoded(const torch::Tensor& scaled, const std::vector<torch::Tensor>& additions);

    AutoencoderConfig config_;
    double latentScale_;
};
TORCH_MODULE(AutoencoderKl);

} // namespace limpid::networks
