// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/diagonal_gaussian.h"

namespace limpid::nn {

DiagonalGaussian DiagonalGaussian::fromMoments(const torch::Tensor& moments)
{
    const auto halves = moments.chunk(2, 1);
    return {.mean = halves[0], .logVariance = halves[1].clamp(-30.0, 20.0)};
}

} // namespace limpid::nn
