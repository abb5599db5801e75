// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/invention.h"

#include "core/evaluation/picture.h"

#include <algorithm>
#include <cassert>

namespace limpid::evaluation {

namespace {

constexpr std::int64_t block = 32;
constexpr std::int64_t taps = 7;
constexpr double freedom =
    static_cast<double>(block * block) / static_cast<double>(block * block - taps * taps - 1);
constexpr double negligible = 1e-12; // mean squared change far below one gray level

struct Energy {
    double residual = 0.0;
    double change = 0.0;
};

/// x: [C, block, W] → [blocks, block · block, C], each column less its mean: the constant's part.
torch::Tensor perBlock(const torch::Tensor& x)
{
    const auto blocks = x.size(2) / block;
    const auto cut = x.narrow(2, 0, blocks * block).view({x.size(0), block, blocks, block});
    const auto columns = cut.permute({2, 1, 3, 0}).reshape({blocks, block * block, x.size(0)});
    return columns - columns.mean(1, /*keepdim=*/true);
}

/// A row of blocks. neighbors: [taps², block, W]; change: [1, block, W].
Energy fitted(const torch::Tensor& neighbors, const torch::Tensor& change)
{
    const auto a = perBlock(neighbors);
    const auto d = perBlock(change);
    const auto gram = torch::matmul(a.transpose(1, 2), a);
    // Just enough to keep flat blocks solvable.
    const auto ridge = 1e-9 * gram.diagonal(0, 1, 2).mean(1) + negligible;
    const auto identity = torch::eye(gram.size(1), gram.options());
    const auto filter = torch::linalg_solve(gram + ridge.view({-1, 1, 1}) * identity,
                                            torch::matmul(a.transpose(1, 2), d));
    return {(d - torch::matmul(a, filter)).square().sum().item<double>(),
            d.square().sum().item<double>()};
}

} // namespace

double inventionRate(const torch::Tensor& output, const torch::Tensor& input)
{
    const auto luma = lumaOf(input);
    const auto change = (lumaOf(output) - luma)[0];
    const auto rows = luma.size(2) / block;
    const auto width = luma.size(3);
    constexpr auto margin = taps / 2;
    const auto padded = torch::reflection_pad2d(luma, {margin, margin, margin, margin});
    Energy all;
    for (std::int64_t row = 0; row < rows && width >= block; ++row) {
        const auto strip = padded.narrow(2, row * block, block + 2 * margin);
        const auto neighbors = torch::im2col(strip, {taps, taps}, {1, 1}, {0, 0}, {1, 1})
                                   .view({taps * taps, block, width});
        const auto energy = fitted(neighbors, change.narrow(1, row * block, block));
        all.residual += energy.residual;
        all.change += energy.change;
    }
    if (all.change <= negligible * static_cast<double>(luma.numel()))
        return 0.0;
    return std::min(1.0, freedom * all.residual / all.change);
}

double seedDeviation(const std::vector<torch::Tensor>& outputs)
{
    assert(outputs.size() >= 2);
    return 255.0 * torch::stack(outputs).to(torch::kFloat64).std(0).mean().item<double>();
}

} // namespace limpid::evaluation
