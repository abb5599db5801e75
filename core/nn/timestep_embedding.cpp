// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/timestep_embedding.h"

#include <array>
#include <cmath>
#include <vector>

namespace limpid::nn {

namespace {

/// exp(x) for x ≤ 0, rounded as by the vectorized function that the published results were computed
/// with: an angle of 999 radians shows a frequency's last bit in the fifth decimal. Libraries
/// differ in that bit, so it is not left to them.
float vectorExp(float x)
{
    constexpr float log2e = 1.442695040888963407F;
    constexpr float ln2High = 0.693145751953125F;
    constexpr float ln2Low = 1.428606765330187045e-06F;
    constexpr std::array coefficients{0.000198527617612853646F, 0.00139304355252534151F,
                                      0.00833336077630519867F,  0.0416664853692054749F,
                                      0.166666671633720398F,    0.5F};
    const float exponent = std::nearbyint(x * log2e);
    const float rest = std::fma(exponent, -ln2Low, std::fma(exponent, -ln2High, x));
    float polynomial = coefficients.front();
    for (std::size_t i = 1; i < coefficients.size(); ++i)
        polynomial = std::fma(polynomial, rest, coefficients[i]);
    const float square = rest * rest;
    return std::ldexp(1.0F + std::fma(square, polynomial, rest), static_cast<int>(exponent));
}

torch::Tensor frequencies(std::int64_t count, double maxPeriod)
{
    const auto logarithm = static_cast<float>(-std::log(maxPeriod));
    std::vector<float> values;
    for (std::int64_t i = 0; i < count; ++i)
        values.push_back(vectorExp(logarithm * static_cast<float>(i) / static_cast<float>(count)));
    return torch::tensor(values);
}

} // namespace

torch::Tensor sinusoidalEmbedding(const torch::Tensor& values, std::int64_t dimension,
                                  double maxPeriod)
{
    const auto row = frequencies(dimension / 2, maxPeriod).to(values.device()).unsqueeze(0);
    const auto angles = values.to(torch::kFloat32).unsqueeze(1) * row;
    std::vector<torch::Tensor> parts{torch::cos(angles), torch::sin(angles)};
    if (dimension % 2 != 0)
        parts.push_back(torch::zeros({angles.size(0), 1}, angles.options()));
    return torch::cat(parts, 1);
}

TimestepEmbeddingImpl::TimestepEmbeddingImpl(std::int64_t sinusoids, std::int64_t width,
                                             double scale)
    : sinusoids_(sinusoids), scale_(scale),
      first_(register_module("first", torch::nn::Linear(sinusoids, width))),
      second_(register_module("second", torch::nn::Linear(width, width)))
{}

torch::Tensor TimestepEmbeddingImpl::forward(const torch::Tensor& levels)
{
    const auto sinusoids = sinusoidalEmbedding(levels * scale_, sinusoids_);
    return second_(torch::silu(first_(sinusoids.to(first_->weight.scalar_type()))));
}

} // namespace limpid::nn
