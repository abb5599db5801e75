// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/band_pass.h"

#include <vector>

namespace limpid::nn {

torch::Tensor boxBlur(const torch::Tensor& x, std::int64_t radius)
{
    const std::int64_t side = 2 * radius + 1;
    const auto rows = torch::avg_pool2d(x, {1, side}, {1, 1}, {0, radius}, false, false);
    return torch::avg_pool2d(rows, {side, 1}, {1, 1}, {radius, 0}, false, false);
}

torch::Tensor bandPass(const torch::Tensor& x, std::int64_t bands)
{
    std::vector<torch::Tensor> differences;
    auto finer = x.to(torch::kFloat32);
    const auto source = finer;
    for (std::int64_t band = 0; band < bands; ++band) {
        const auto coarser = boxBlur(source, std::int64_t{1} << band);
        differences.push_back(finer - coarser);
        finer = coarser;
    }
    return torch::stack(differences, 1);
}

} // namespace limpid::nn
