// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/losses.h"

#include "core/nn/band_pass.h"

namespace limpid::training {

namespace {

/// Per octave and pixel, [N, octaves, H, W].
torch::Tensor localContrast(const torch::Tensor& picture)
{
    constexpr std::int64_t octaves = 3;
    constexpr std::int64_t radius = 4;
    const auto bands = nn::bandPass(networks::luma(picture), octaves).squeeze(2);
    return torch::sqrt(nn::boxBlur(bands.square(), radius) + 1e-5);
}

} // namespace

torch::Tensor charbonnier(const torch::Tensor& a, const torch::Tensor& b)
{
    const auto d = a - b;
    return torch::sqrt(d * d + 1e-6).mean({1, 2, 3});
}

torch::Tensor spectralL1(const torch::Tensor& a, const torch::Tensor& b)
{
    const auto difference = torch::view_as_real(torch::fft_rfft2(a - b, {}, {-2, -1}, "ortho"));
    return difference.abs().mean({1, 2, 3, 4});
}

torch::Tensor contrastL1(const torch::Tensor& a, const torch::Tensor& b)
{
    return (localContrast(a) - localContrast(b)).abs().mean({1, 2, 3});
}

torch::Tensor structureL1(const std::vector<networks::StructureScale>& scales,
                          const torch::Tensor& sharp)
{
    const auto gray = networks::luma(sharp);
    auto sum = torch::zeros({}, sharp.options());
    for (const auto& scale : scales) {
        const auto factor = gray.size(2) / scale.gray.size(2);
        sum = sum + (scale.gray.to(torch::kFloat32) - torch::avg_pool2d(gray, factor)).abs().mean();
    }
    return sum;
}

} // namespace limpid::training
