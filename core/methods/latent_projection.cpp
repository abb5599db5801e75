// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/latent_projection.h"

namespace limpid::methods {

namespace {

/// [1, C, h, w] → [h·w, C].
torch::Tensor asRows(const torch::Tensor& map)
{
    return map.flatten(2).squeeze(0).transpose(0, 1);
}

torch::Tensor withOne(const torch::Tensor& rows)
{
    return torch::cat({rows, torch::ones({rows.size(0), 1}, rows.options())}, 1);
}

} // namespace

LatentProjection::LatentProjection(const torch::Tensor& latent, const torch::Tensor& picture)
{
    constexpr double ridge = 1e-4; // keeps a flat picture from asking for a huge matrix
    const auto small = torch::adaptive_avg_pool2d(picture, {latent.size(2), latent.size(3)});
    const auto inputs = withOne(asRows(latent)).to(torch::kFloat64);
    const auto colors = asRows(small).to(torch::kFloat64);
    const auto rows = static_cast<double>(inputs.size(0));
    auto normal = inputs.t().matmul(inputs) / rows;
    normal.diagonal().slice(0, 0, latent.size(1)).add_(ridge);
    matrix_ = torch::linalg_solve(normal, inputs.t().matmul(colors) / rows).to(torch::kFloat32);
}

torch::Tensor LatentProjection::toPicture(const torch::Tensor& latent) const
{
    const auto colors = withOne(asRows(latent)).matmul(matrix_);
    return colors.transpose(0, 1).reshape({1, 3, latent.size(2), latent.size(3)});
}

} // namespace limpid::methods
