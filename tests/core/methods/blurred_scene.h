// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>
#include <torch/utils.h>

namespace limpid::tests {

/// Disks of even brightness before each other: edges in all directions. [H, W], 0…1.
inline torch::Tensor disks(std::int64_t height, std::int64_t width)
{
    torch::manual_seed(11);
    const auto upTo = [](double limit) {
        return limit * torch::rand({1}).item<double>();
    };
    const auto y = torch::arange(height, torch::kFloat).unsqueeze(1);
    const auto x = torch::arange(width, torch::kFloat);
    auto scene = torch::full({height, width}, 0.4);
    for (int i = 0; i < 80; ++i) {
        const auto away = torch::hypot(y - upTo(static_cast<double>(height)),
                                       x - upTo(static_cast<double>(width)));
        scene.masked_fill_(away < 4.0 + upTo(24.0), 0.1 + upTo(0.8));
    }
    return scene;
}

/// A shaken camera: to the right, then down. [13, 13], sum 1, its centroid beside the middle.
inline torch::Tensor hook()
{
    auto kernel = torch::zeros({13, 13});
    kernel[3].slice(0, 2, 11).fill_(1.0);
    kernel.select(1, 10).slice(0, 4, 10).fill_(1.0);
    return kernel / kernel.sum();
}

/// Softness of that many pixels; odd.
inline torch::Tensor box(std::int64_t side)
{
    return torch::full({side, side}, 1.0 / static_cast<double>(side * side));
}

/// scene: [H, W]; mirrored at its sides.
inline torch::Tensor blurredBy(const torch::Tensor& kernel, const torch::Tensor& scene)
{
    const auto reach = kernel.size(0) / 2;
    const auto padded = torch::reflection_pad2d(scene.view({1, 1, scene.size(0), scene.size(1)}),
                                                {reach, reach, reach, reach});
    return torch::conv2d(padded, kernel.flip({0, 1}).view({1, 1, kernel.size(0), kernel.size(1)}))
        .squeeze(0)
        .squeeze(0);
}

/// Mean square of the difference away from the sides. [..., H, W].
inline double errorInside(const torch::Tensor& a, const torch::Tensor& b, std::int64_t margin)
{
    const auto inner = [margin](const torch::Tensor& picture) {
        return picture.slice(-2, margin, -margin).slice(-1, margin, -margin);
    };
    return (inner(a) - inner(b)).square().mean().item<double>();
}

/// Cosine between two kernels of any odd sides, wherever they lie: 1 if they are alike.
inline double likeness(const torch::Tensor& a, const torch::Tensor& b)
{
    const auto reach = b.size(0) - 1;
    const auto padded = torch::constant_pad_nd(a, {reach, reach, reach, reach});
    const auto products = torch::conv2d(padded.view({1, 1, padded.size(0), padded.size(1)}),
                                        b.view({1, 1, b.size(0), b.size(1)}));
    return (products.max() / (a.norm() * b.norm())).item<double>();
}

} // namespace limpid::tests
