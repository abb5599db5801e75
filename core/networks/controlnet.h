// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/networks/unet_encoder.h"

#include <torch/nn/pimpl.h>

namespace limpid::networks {

/// A copy of the U-Net's encoder that also sees a hint, and answers through convolutions that are
/// zero before training (ControlNet; here the hint is concatenated at the input).
class ControlNetImpl : public UnetEncoderImpl {
public:
    ControlNetImpl(const UnetConfig& config, std::int64_t hintChannels);

    /// x: [N, inChannels, h, w]; hint: [N, hintChannels, h, w]; t and context as for the U-Net
    /// → one tensor per input block and, last, one for the middle block; not scaled.
    std::vector<torch::Tensor> forward(const torch::Tensor& x, const torch::Tensor& hint,
                                       const torch::Tensor& t, const torch::Tensor& context);

    const UnetConfig& config() const { return config_; }

    /// Zero for a network that is trained from scratch: no control at first.
    std::vector<nn::Convolution>& lastLayers() { return zeroConvolutions_; }

private:
    std::vector<nn::Convolution> zeroConvolutions_; ///< The middle block's is the last.
};
TORCH_MODULE(ControlNet);

} // namespace limpid::networks
