// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/adain.h"

namespace limpid::methods {

namespace {

struct Moments {
    torch::Tensor mean;      ///< [N, C, 1, 1]
    torch::Tensor deviation; ///< Same.
};

Moments momentsOf(const torch::Tensor& x)
{
    constexpr double least = 1e-5;
    const bool unbiased = x.size(2) * x.size(3) > 1;
    return {x.mean({2, 3}, /*keepdim=*/true),
            (x.var({2, 3}, unbiased, /*keepdim=*/true) + least).sqrt()};
}

} // namespace

torch::Tensor withColorsOf(const torch::Tensor& content, const torch::Tensor& style)
{
    const Moments from = momentsOf(content);
    const Moments to = momentsOf(style);
    return (content - from.mean) / from.deviation * to.deviation + to.mean;
}

} // namespace limpid::methods
