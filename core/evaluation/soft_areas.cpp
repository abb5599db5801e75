// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/soft_areas.h"

#include "core/evaluation/picture.h"

#include <cmath>

namespace limpid::evaluation {

namespace {

constexpr std::int64_t cell = 16;
constexpr double steep = 4.0 / 255.0;
constexpr double fewest = 0.02; // of all cells

/// Whether a cell is soft. → [1, 1, H/16, W/16], 0 or 1; what is beyond the last whole cell is left
/// out.
torch::Tensor softCells(const torch::Tensor& reference)
{
    const auto luma = torch::avg_pool2d(lumaOf(reference), 2, 1);
    const auto dx = (luma.slice(3, 1) - luma.slice(3, 0, -1)).abs().slice(2, 1);
    const auto dy = (luma.slice(2, 1) - luma.slice(2, 0, -1)).abs().slice(3, 1);
    // Two pixels are lost on the way: padded back, so that cells stay where they are.
    const auto slope = torch::constant_pad_nd(torch::maximum(dx, dy), {1, 1, 1, 1});
    return (torch::max_pool2d(slope, 2 * cell, cell, cell / 2) < steep).to(torch::kFloat64);
}

} // namespace

std::optional<double> softAreaError(const torch::Tensor& picture, const torch::Tensor& reference)
{
    const auto soft = softCells(reference);
    const double share = soft.mean().item<double>();
    if (share < fewest)
        return std::nullopt;
    const auto difference = picture.to(torch::kFloat64) - reference.to(torch::kFloat64);
    const auto errors = torch::avg_pool2d(difference.square().mean(1, true), cell);
    return 255.0 * std::sqrt((errors * soft).sum().item<double>() / soft.sum().item<double>());
}

} // namespace limpid::evaluation
