// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/guided_block.h"
#include "core/nn/timestep_embedding.h"

#include <torch/nn/module.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

#include <vector>

namespace limpid::networks {

/// What the network's output means.
enum class NetworkOutput {
    Sharp, ///< x̂₀ = y + residual (+ gains · bands of y): an untrained network is the identity.
    Epsilon, ///< The noise ε, as published.
};

/// Sizes of the image-conditioned U-Net. The defaults are the compact form, size XS.
struct IcdpmUnetConfig {
    std::vector<std::int64_t> channels{32, 64, 96, 128}; ///< Per level; each level halves the size.
    std::int64_t encoderBlocks = 2;
    std::int64_t middleBlocks = 2;
    std::int64_t decoderBlocks = 1;
    std::int64_t unshuffle = 2; ///< Pixel-unshuffle factor before the first level; 1: none.
    std::int64_t bands = 4;     ///< Band-pass pictures of y at the stem, with per-pixel gains.
    std::int64_t embedding = 128;
    std::int64_t guidanceChannels = 24;
    std::vector<std::int64_t> guidanceScales{2, 4, 8};
    bool channelNorm = true;
    bool scaleShift = true;
    bool skipEveryBlock = false; ///< A skip to every decoder block (SR3); else one a level.
    NetworkOutput output = NetworkOutput::Sharp;
};

/// Compact sizes that ship: "xs", "s", "m". Anything else: std::invalid_argument.
IcdpmUnetConfig compactConfig(const std::string& size);

/// The paper's form: base width 64, multipliers 1-2-3-4, three blocks a level and four in the
/// decoder, no normalization, ε-prediction, the noise level √ᾱ added (Ren et al. 2023; Whang et
/// al. 2022, who state 26 M parameters without the guidance).
IcdpmUnetConfig paperConfig();

/// Image-conditioned diffusion U-Net (icDPM) without attention and without statistics over space.
/// Guidance features of scale s are added in the encoder blocks of the level at 1/s.
class IcdpmUnetImpl : public torch::nn::Module {
public:
    explicit IcdpmUnetImpl(const IcdpmUnetConfig& config);

    /// noisy: [N, 3, H, W], already scaled by the caller (α·x_t in the compact form, so that it
    /// vanishes at α = 0; x_t as published); blurred: [N, 3, H, W], −1…1; level: [N], log-SNR in
    /// the compact form, √ᾱ as published; guidance: [N, guidanceChannels, H/s, W/s] per scale.
    /// H and W multiples of alignment(). → x̂₀ or ε, [N, 3, H, W].
    torch::Tensor forward(const torch::Tensor& noisy, const torch::Tensor& blurred,
                          const torch::Tensor& level, const std::vector<torch::Tensor>& guidance);

    const IcdpmUnetConfig& config() const { return config_; }

    /// Width and height must be multiples of this.
    std::int64_t alignment() const;

private:
    struct Level {
        std::vector<nn::GuidedBlock> encoder;
        std::vector<nn::GuidedBlock> decoder;
        torch::nn::Conv2d down{nullptr};
        torch::nn::Conv2d up{nullptr};
    };
    void buildEncoder();
    void buildDecoder();
    nn::GuidedBlock makeBlock(const std::string& name, std::int64_t in, std::int64_t out,
                              std::int64_t guidance);
    std::int64_t guidanceIndex(std::size_t level) const;
    torch::Tensor encode(torch::Tensor h, std::vector<torch::Tensor>& skips,
                         const torch::Tensor& embedding,
                         const std::vector<torch::Tensor>& guidance);
    torch::Tensor decode(torch::Tensor h, std::vector<torch::Tensor>& skips,
                         const torch::Tensor& embedding);
    torch::Tensor assemble(const torch::Tensor& output, const torch::Tensor& blurred,
                           const torch::Tensor& bands) const;

    IcdpmUnetConfig config_;
    nn::TimestepEmbedding embed_{nullptr};
    torch::nn::Conv2d stem_{nullptr};
    std::vector<Level> levels_;
    std::vector<std::int64_t> skipChannels_; ///< Of the skips, in the order they are made.
    std::vector<nn::GuidedBlock> middle_;
    torch::nn::Conv2d head_{nullptr};
};
TORCH_MODULE(IcdpmUnet);

} // namespace limpid::networks
