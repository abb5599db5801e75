// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/fidelity.h"

#include "core/methods/wavelet.h"

#include <algorithm>
#include <cmath>

namespace limpid::evaluation {

double psnr(const torch::Tensor& picture, const torch::Tensor& reference)
{
    const auto difference = picture.to(torch::kFloat64) - reference.to(torch::kFloat64);
    return -10.0 * std::log10(std::max(difference.square().mean().item<double>(), 1e-10));
}

double lowBandError(const torch::Tensor& picture, const torch::Tensor& reference)
{
    const auto difference = picture.to(torch::kFloat64) - reference.to(torch::kFloat64);
    // The decomposition is linear: the band of the difference is the difference of the bands.
    const auto low = methods::waveletBands(difference).low;
    return 255.0 * std::sqrt(low.square().mean().item<double>());
}

} // namespace limpid::evaluation
