// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/jpeg_loss.h"

#include <array>
#include <cmath>
#include <numbers>

namespace limpid::training {

namespace {

constexpr std::array<float, 64> lumaTable{
    16, 11, 10, 16, 24,  40,  51,  61,  12, 12, 14, 19, 26,  58,  60,  55,
    14, 13, 16, 24, 40,  57,  69,  56,  14, 17, 22, 29, 51,  87,  80,  62,
    18, 22, 37, 56, 68,  109, 103, 77,  24, 35, 55, 64, 81,  104, 113, 92,
    49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99};
constexpr std::array<float, 64> chromaTable{
    17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99,
    99, 99, 47, 66, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99};

/// The steps for each of the qualities, [N, 1, 1, 8, 8].
torch::Tensor quantization(const std::array<float, 64>& table, const std::vector<int>& qualities,
                           const torch::TensorOptions& options)
{
    std::vector<float> scales;
    for (const int quality : qualities)
        scales.push_back(quality < 50 ? 5000.0F / static_cast<float>(quality)
                                      : 200.0F - 2.0F * static_cast<float>(quality));
    const auto steps = torch::tensor(at::ArrayRef<float>(table)).view({8, 8});
    const auto scaled = steps * torch::tensor(scales).view({-1, 1, 1, 1, 1});
    return torch::floor((scaled + 50.0) / 100.0).clamp(1.0, 255.0).to(options.device());
}

/// The orthonormal DCT-II as a matrix.
torch::Tensor dctMatrix(const torch::TensorOptions& options)
{
    std::array<float, 64> values{};
    for (int k = 0; k < 8; ++k)
        for (int n = 0; n < 8; ++n)
            values[static_cast<std::size_t>(k * 8 + n)] =
                static_cast<float>(std::sqrt((k == 0 ? 1.0 : 2.0) / 8.0) *
                                   std::cos(std::numbers::pi * (2 * n + 1) * k / 16.0));
    return torch::tensor(at::ArrayRef<float>(values), options).view({8, 8});
}

/// plane: [N, H, W], −128…127; steps: [N, 1, 1, 8, 8] on the same device.
torch::Tensor quantized(const torch::Tensor& plane, const torch::Tensor& steps)
{
    const auto n = plane.size(0);
    const auto rows = plane.size(1) / 8;
    const auto columns = plane.size(2) / 8;
    const auto dct = dctMatrix(plane.options());
    const auto blocks = plane.view({n, rows, 8, columns, 8}).permute({0, 1, 3, 2, 4});
    const auto coefficients = torch::matmul(torch::matmul(dct, blocks), dct.t());
    const auto kept = torch::round(coefficients / steps) * steps;
    return torch::matmul(torch::matmul(dct.t(), kept), dct)
        .permute({0, 1, 3, 2, 4})
        .reshape(plane.sizes());
}

} // namespace

torch::Tensor throughJpeg(const torch::Tensor& rgb, const std::vector<int>& qualities,
                          bool subsampleChroma)
{
    TORCH_CHECK(static_cast<std::int64_t>(qualities.size()) == rgb.size(0),
                "want a quality for each of ", rgb.size(0), " pictures, got ", qualities.size());
    const auto scaled = rgb * 255.0;
    const auto r = scaled.select(1, 0);
    const auto g = scaled.select(1, 1);
    const auto b = scaled.select(1, 2);
    const auto y = 0.299 * r + 0.587 * g + 0.114 * b;
    auto chroma = torch::stack({0.564334 * (b - y), 0.713267 * (r - y)}, 1);
    if (subsampleChroma)
        chroma = torch::avg_pool2d(chroma, 2);

    const auto options = rgb.options();
    const auto lumaSteps = quantization(lumaTable, qualities, options);
    const auto chromaSteps =
        quantization(chromaTable, qualities, options).repeat_interleave(2, 0); // blue and red
    const auto luma = quantized((y - 128.0).contiguous(), lumaSteps) + 128.0;
    auto color = quantized(chroma.flatten(0, 1).contiguous(), chromaSteps).view(chroma.sizes());
    if (subsampleChroma)
        color = torch::upsample_nearest2d(color, {rgb.size(2), rgb.size(3)});
    const auto cb = color.select(1, 0);
    const auto cr = color.select(1, 1);
    const auto back = torch::stack(
        {luma + 1.402 * cr, luma - 0.344136 * cb - 0.714136 * cr, luma + 1.772 * cb}, 1);
    return torch::round(back).clamp(0.0, 255.0) / 255.0;
}

} // namespace limpid::training
