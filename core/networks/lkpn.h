// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/networks/unet.h"

#include <torch/nn/pimpl.h>

namespace limpid::networks {

struct LkpnConfig {
    UnetConfig unet; ///< outChannels = latent channels · side² · number of dilations.
    std::int64_t kernelSize = 5;
    std::vector<std::int64_t> dilations{1};
    bool bounded = false; ///< Kernels act as if their magnitudes summed to less than two.
};

/// The part of a model's configuration that the LKPN is built from.
LkpnConfig lkpnConfig(const DeblurDiffConfig& config);

/// Latent kernel prediction network: a U-Net that sees the blurred latent and the noisy one and
/// predicts a deblurring kernel for every element of the blurred latent.
class LkpnImpl : public torch::nn::Module {
public:
    explicit LkpnImpl(const LkpnConfig& config);

    /// blurred, noisy: [N, C, h, w]; t: [N]; context as for the U-Net
    /// → [N, C·side²·dilations, h, w], not normalized.
    torch::Tensor kernels(const torch::Tensor& blurred, const torch::Tensor& noisy,
                          const torch::Tensor& t, const torch::Tensor& context);

    /// blurred: [N, C, h, w]; kernels as from kernels() → [N, C, h, w]: the adaptive convolution of
    /// each dilation in turn, added to what it was applied to.
    torch::Tensor deblurred(const torch::Tensor& blurred, const torch::Tensor& kernels) const;

    /// Both → the deblurred latent, [N, C, h, w].
    torch::Tensor forward(const torch::Tensor& blurred, const torch::Tensor& noisy,
                          const torch::Tensor& t, const torch::Tensor& context);

    Unet unet;

private:
    torch::Tensor excess(const torch::Tensor& kernels) const;

    LkpnConfig config_;
};
TORCH_MODULE(Lkpn);

} // namespace limpid::networks
