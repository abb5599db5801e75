// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/camera_processing.h"

#include "core/networks/structure_guidance.h"

namespace limpid::training {

namespace {

/// 1 at the sites of red, green and blue. → [1, 3, H, W].
torch::Tensor bayerSites(const torch::Tensor& like)
{
    const auto odd = [&](std::int64_t size) {
        return torch::arange(size, like.options()).remainder(2);
    };
    const auto oddRow = odd(like.size(2)).view({-1, 1});
    const auto oddColumn = odd(like.size(3)).view({1, -1});
    const auto red = (1.0 - oddRow) * (1.0 - oddColumn);
    const auto blue = oddRow * oddColumn;
    return torch::stack({red, 1.0 - red - blue, blue}).unsqueeze(0);
}

/// Each channel through its own kernel. x: [N, C, H, W]; kernels: [C, 1, 3, 3].
torch::Tensor filtered(const torch::Tensor& x, const torch::Tensor& kernels)
{
    // Reflection keeps what is a site of a color one.
    return torch::conv2d(torch::reflection_pad2d(x, {1, 1, 1, 1}), kernels, /*bias=*/{},
                         /*stride=*/1, /*padding=*/at::IntArrayRef{0, 0}, /*dilation=*/1,
                         /*groups=*/x.size(1));
}

torch::Tensor kernel(const std::vector<float>& weights, const torch::Tensor& like)
{
    return torch::tensor(weights).to(like.device()).view({1, 1, 3, 3});
}

} // namespace

torch::Tensor throughBayerMosaic(const torch::Tensor& noise)
{
    const auto quarter = kernel({0.25F, 0.5F, 0.25F, 0.5F, 1.0F, 0.5F, 0.25F, 0.5F, 0.25F}, noise);
    const auto half = kernel({0.0F, 0.25F, 0.0F, 0.25F, 1.0F, 0.25F, 0.0F, 0.25F, 0.0F}, noise);
    return filtered(noise * bayerSites(noise), torch::cat({quarter, half, quarter}));
}

torch::Tensor sharpenedInCamera(const torch::Tensor& srgb, const torch::Tensor& amount)
{
    constexpr float sixteenth = 1.0F / 16.0F;
    const auto binomial = kernel({1, 2, 1, 2, 4, 2, 1, 2, 1}, srgb) * sixteenth;
    const auto luma = networks::luma(srgb);
    return (srgb + amount * (luma - filtered(luma, binomial))).clamp(0.0, 1.0);
}

} // namespace limpid::training
