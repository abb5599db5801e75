// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/networks/lkpn.h"

#include "core/nn/adaptive_conv.h"

namespace limpid::networks {

LkpnConfig lkpnConfig(const DeblurDiffConfig& config)
{
    return {.unet = config.kernel,
            .kernelSize = config.kernelSize,
            .dilations = config.kernelDilations};
}

LkpnImpl::LkpnImpl(const LkpnConfig& config)
    : unet(register_module("unet", Unet(config.unet))), config_(config)
{
    const auto latent = config.unet.inChannels / 2;
    const auto kernels = latent * config.kernelSize * config.kernelSize *
                         static_cast<std::int64_t>(config.dilations.size());
    TORCH_CHECK(config.unet.outChannels == kernels, "want ", kernels, " kernel channels, got ",
                config.unet.outChannels);
}

torch::Tensor LkpnImpl::kernels(const torch::Tensor& blurred, const torch::Tensor& noisy,
                                const torch::Tensor& t, const torch::Tensor& context)
{
    return unet(torch::cat({blurred, noisy.to(blurred.scalar_type())}, 1), t, context);
}

torch::Tensor LkpnImpl::deblurred(const torch::Tensor& blurred, const torch::Tensor& kernels) const
{
    const auto parts = kernels.chunk(static_cast<std::int64_t>(config_.dilations.size()), 1);
    auto latent = blurred;
    for (std::size_t i = 0; i < parts.size(); ++i)
        latent = latent + nn::adaptiveConvolution(latent, parts[i].contiguous(), config_.kernelSize,
                                                  config_.dilations[i]);
    return latent;
}

torch::Tensor LkpnImpl::forward(const torch::Tensor& blurred, const torch::Tensor& noisy,
                                const torch::Tensor& t, const torch::Tensor& context)
{
    return deblurred(blurred, kernels(blurred, noisy, t, context));
}

} // namespace limpid::networks
