// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/timestep_embedding.h"

#include <cmath>
#include <vector>

namespace limpid::nn {

torch::Tensor sinusoidalEmbedding(const torch::Tensor& values, std::int64_t dimension,
                                  double maxPeriod)
{
    const std::int64_t half = dimension / 2;
    const auto exponents = torch::arange(half, values.options().dtype(torch::kFloat32));
    const auto frequencies =
        torch::exp(-std::log(maxPeriod) * exponents / static_cast<double>(half));
    const auto angles = values.to(torch::kFloat32).unsqueeze(1) * frequencies.unsqueeze(0);
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
