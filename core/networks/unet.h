// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/networks/unet_encoder.h"

#include <torch/nn/pimpl.h>

namespace limpid::networks {

/// The latent U-Net of Stable Diffusion 2.1 with control inputs (after ControlNet).
class UnetImpl : public UnetEncoderImpl {
public:
    explicit UnetImpl(const UnetConfig& config);

    /// x: [N, inChannels, h, w], sides multiples of 2^(levels-1); t: [N], integers or floats;
    /// context: [N, T, contextChannels], undefined when the network takes none; control: nothing,
    /// or one tensor for the middle block's output, or one per input block and the middle's last
    /// → [N, outChannels, h, w] in the element type of x.
    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& t,
                          const torch::Tensor& context,
                          const std::vector<torch::Tensor>& control = {});

    const UnetConfig& config() const { return config_; }

    std::vector<nn::TimedSequence> outputBlocks;

    /// Zero for a network that is trained from scratch.
    nn::Convolution& lastLayer() { return outConvolution_; }

private:
    void buildOutputBlocks();

    nn::FeatureNorm outNorm_{nullptr};
    nn::Convolution outConvolution_{nullptr};
};
TORCH_MODULE(Unet);

} // namespace limpid::networks
