// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/gradient_similarity.h"

#include "core/evaluation/picture.h"

namespace limpid::evaluation {

namespace {

constexpr double stability = 170.0;

torch::Tensor gradientMagnitude(const torch::Tensor& picture)
{
    const auto half = torch::avg_pool2d(lumaOf(picture) * 255.0, 2);
    const auto smooth = torch::full({1, 1, 3, 1}, 1.0 / 3.0, torch::kFloat64);
    const auto slope = torch::tensor({-1.0, 0.0, 1.0}, torch::kFloat64).view({1, 1, 1, 3});
    const auto across = torch::conv2d(torch::conv2d(half, smooth), slope);
    const auto down =
        torch::conv2d(torch::conv2d(half, smooth.transpose(2, 3)), slope.transpose(2, 3));
    return torch::sqrt(across * across + down * down);
}

} // namespace

double gradientSimilarityDeviation(const torch::Tensor& picture, const torch::Tensor& reference)
{
    const auto a = gradientMagnitude(picture);
    const auto b = gradientMagnitude(reference);
    const auto similarity = (2.0 * a * b + stability) / (a * a + b * b + stability);
    return similarity.std().item<double>();
}

} // namespace limpid::evaluation
