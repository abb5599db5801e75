// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/networks/lkpn.h"

#include "core/nn/adaptive_conv.h"

namespace limpid::networks {

LkpnConfig lkpnConfig(const DeblurDiffConfig& config)
{
    return {.unet = config.kernel,
            .kernelSize = config.kernelSize,
            .dilations = config.kernelDilations,
            .bounded = config.form == LatentForm::Compact};
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

/// What keeps the sum of each kernel's magnitudes below two: one for small kernels, half the sum
/// for large ones. kernels: [N, C·side², h, w] → [N, C, h, w].
torch::Tensor LkpnImpl::excess(const torch::Tensor& kernels) const
{
    const auto taps = config_.kernelSize * config_.kernelSize;
    const auto single = kernels.unflatten(1, {kernels.size(1) / taps, taps});
    return 1.0 + 0.5 * torch::linalg_vector_norm(single, 1, {2});
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
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto change = nn::adaptiveConvolution(latent, parts[i].contiguous(),
                                                    config_.kernelSize, config_.dilations[i]);
        latent = latent + (config_.bounded ? change / excess(parts[i]) : change);
    }
    return latent;
}

torch::Tensor LkpnImpl::forward(const torch::Tensor& blurred, const torch::Tensor& noisy,
                                const torch::Tensor& t, const torch::Tensor& context)
{
    return deblurred(blurred, kernels(blurred, noisy, t, context));
}

} // namespace limpid::networks
