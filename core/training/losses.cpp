// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/losses.h"

#include "core/nn/band_pass.h"

#include <cmath>

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

/// Of a luma, [N, 1, H, W] → [N, 1, H − 2, W − 2].
torch::Tensor gradientMagnitude(const torch::Tensor& luma)
{
    const auto smooth = torch::full({1, 1, 3, 1}, 1.0 / 3.0, luma.options());
    const auto slope = torch::tensor({-1.0, 0.0, 1.0}, luma.options()).view({1, 1, 1, 3});
    const auto across = torch::conv2d(torch::conv2d(luma, smooth), slope);
    const auto down =
        torch::conv2d(torch::conv2d(luma, smooth.transpose(2, 3)), slope.transpose(2, 3));
    return torch::sqrt(across.square() + down.square() + 1e-6);
}

torch::Tensor dissimilarityOfLumas(const torch::Tensor& a, const torch::Tensor& b, double faint)
{
    const double stability = std::pow(faint / 127.5, 2);
    const auto x = gradientMagnitude(a);
    const auto y = gradientMagnitude(b);
    // 1 − (2xy + c) / (x² + y² + c)
    return ((x - y).square() / (x.square() + y.square() + stability)).mean({1, 2, 3});
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

torch::Tensor gradientDissimilarity(const torch::Tensor& a, const torch::Tensor& b, double faint)
{
    const auto x = networks::luma(a).to(torch::kFloat32);
    const auto y = networks::luma(b).to(torch::kFloat32);
    return 0.5 * (dissimilarityOfLumas(x, y, faint) +
                  dissimilarityOfLumas(torch::avg_pool2d(x, 2), torch::avg_pool2d(y, 2), faint));
}

torch::Tensor chromaL1(const torch::Tensor& a, const torch::Tensor& b)
{
    const auto difference = a - b;
    return (difference - networks::luma(difference)).abs().mean({1, 2, 3});
}

torch::Tensor sharpnessLoss(const DiffusionOptions& options, const torch::Tensor& clean,
                            const torch::Tensor& sharp)
{
    auto loss = torch::zeros({clean.size(0)}, clean.options().dtype(torch::kFloat32));
    if (options.gradientWeight > 0.0)
        loss = loss +
               options.gradientWeight * gradientDissimilarity(clean, sharp, options.faintGradient);
    if (options.contrastWeight > 0.0)
        loss = loss + options.contrastWeight * contrastL1(clean, sharp);
    if (options.chromaWeight > 0.0)
        loss = loss + options.chromaWeight * chromaL1(clean, sharp);
    return loss;
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
