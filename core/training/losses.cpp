// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/losses.h"

namespace limpid::training {

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
