// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/band_pass.h"

#include <vector>

namespace limpid::nn {

namespace {

/// Sums of `length` neighbors along a dimension, each made of two sums of half the length: pooling
/// would read every value `length` times.
torch::Tensor slidingSum(const torch::Tensor& x, std::int64_t dimension, std::int64_t length)
{
    if (length == 1)
        return x;
    const auto sums = x.size(dimension) - length + 1;
    const auto half = slidingSum(x, dimension, length / 2);
    const auto even = half.narrow(dimension, 0, sums) + half.narrow(dimension, length / 2, sums);
    return length % 2 == 0 ? even : even + x.narrow(dimension, length - 1, sums);
}

/// Averages of what exists within the radius along a dimension, 2 or 3.
torch::Tensor slidingMean(const torch::Tensor& x, std::int64_t dimension, std::int64_t radius)
{
    const std::int64_t length = 2 * radius + 1;
    const std::vector<std::int64_t> padding = dimension == 3
                                                  ? std::vector{radius, radius}
                                                  : std::vector<std::int64_t>{0, 0, radius, radius};
    const auto sums = slidingSum(torch::constant_pad_nd(x, padding), dimension, length);
    const auto present =
        torch::constant_pad_nd(torch::ones({1, 1, x.size(2), x.size(3)}, x.options()), padding);
    return sums / slidingSum(present, dimension, length);
}

} // namespace

torch::Tensor boxBlur(const torch::Tensor& x, std::int64_t radius)
{
    return slidingMean(slidingMean(x, 3, radius), 2, radius);
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
