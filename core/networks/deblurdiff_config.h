// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/norm_kind.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace limpid::networks {

/// Sizes of a latent U-Net, or of its encoding half for the ControlNet.
struct UnetConfig {
    std::int64_t inChannels = 4;
    std::int64_t outChannels = 4;
    std::int64_t modelChannels = 320;
    std::vector<std::int64_t> channelMultipliers{1, 2, 4, 4}; ///< Per level; each halves the size.
    std::vector<std::int64_t> attentionFactors{4, 2, 1};      ///< Levels with attention, as 1/size.
    std::int64_t residualBlocks = 2; ///< Per level; one more on the way up.
    std::int64_t headChannels = 64;
    std::int64_t contextChannels = 1024; ///< Of the text embedding; 0: no cross attention.
    std::int64_t windowSide = 64;        ///< Of the attention windows at full latent size.
    bool windowFollowsLevel = true;      ///< Halve the side at every level; the ControlNet: no.
    bool middleAttention = true;
    nn::NormKind norm = nn::NormKind::GroupSpatial;
};

struct AutoencoderConfig {
    std::int64_t inChannels = 3;
    std::int64_t outChannels = 3;
    std::int64_t channels = 128;
    std::vector<std::int64_t> multipliers{1, 2, 4, 4}; ///< Per level; all but the last halve it.
    std::int64_t residualBlocks = 2;                   ///< Per level; one more in the decoder.
    std::int64_t zChannels = 4;     ///< Of the latent inside the encoder and the decoder.
    std::int64_t embedChannels = 4; ///< Of the latent outside.
    bool middleAttention = true;
    bool skips = false; ///< The decoder sees features of the blurred picture and adds to it.
    nn::NormKind norm = nn::NormKind::GroupSpatial;

    /// Image pixels per latent pixel, along one side.
    std::int64_t factor() const { return std::int64_t{1} << (multipliers.size() - 1); }
};

struct TextEncoderConfig {
    std::int64_t vocabulary = 49408;
    std::int64_t contextLength = 77;
    std::int64_t width = 1024;
    std::int64_t heads = 16;
    std::int64_t layers = 24;
    std::int64_t projection = 1024; ///< Width of a matrix that files carry and nothing uses.
};

/// How latents are made and what the networks say about them.
enum class LatentForm {
    Published, ///< Blurred pictures encoded in 0…1; the U-Net predicts the noise.
    Compact,   ///< As StepNetworks::predictClean says; trained by limpid-train.
};

/// Every size of DeblurDiff (arXiv 2502.03810), published or compact.
/// In the compact form blurred pictures, too, are encoded in −1…1 and by their mode, √ᾱ is shifted
/// and scaled to zero terminal SNR, latents have a standard deviation of one, kernels are bounded,
/// and the decoder sees the blurred picture (AutoencoderKl::decodeOnto).
struct DeblurDiffConfig {
    LatentForm form = LatentForm::Published;
    UnetConfig unet;
    UnetConfig kernel;  ///< Latent kernel prediction; in: 2 latents, out: kernels of one.
    UnetConfig control; ///< inChannels without the hint; outChannels is not used.
    std::int64_t hintChannels = 8;
    AutoencoderConfig autoencoder;
    std::optional<TextEncoderConfig> text;
    double latentScale = 0.18215;
    std::int64_t kernelSize = 5;
    std::vector<std::int64_t> kernelDilations{1}; ///< One adaptive convolution each, in sequence.
    double firstBeta = 0.00085;
    double lastBeta = 0.012;
    std::int64_t timesteps = 1000;
};

/// The sizes of the paper and of the released checkpoint.
DeblurDiffConfig publishedConfig();

/// The compact form in a size of which the weights fit one file of 16 MiB in fp16. Its latents have
/// 1/4 of the picture's sides and are not standardized yet (scale 1).
DeblurDiffConfig compactDeblurDiffConfig();

} // namespace limpid::networks
