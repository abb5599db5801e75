// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/wavelet.h"

namespace limpid::methods {

namespace {

torch::Tensor blurredAlong(const torch::Tensor& x, std::int64_t axis, std::int64_t radius)
{
    const std::int64_t extent = x.size(axis);
    const auto positions = torch::arange(extent, torch::dtype(torch::kInt64).device(x.device()));
    const auto before = x.index_select(axis, (positions - radius).clamp_min(0));
    const auto after = x.index_select(axis, (positions + radius).clamp_max(extent - 1));
    return x * 0.5 + (before + after) * 0.25;
}

} // namespace

torch::Tensor waveletBlurred(const torch::Tensor& x, int radius)
{
    return blurredAlong(blurredAlong(x, 2, radius), 3, radius);
}

WaveletBands waveletBands(const torch::Tensor& x, int levels)
{
    WaveletBands bands{torch::zeros_like(x), x};
    for (int level = 0; level < levels; ++level) {
        const auto low = waveletBlurred(bands.low, 1 << level);
        bands.high += bands.low - low;
        bands.low = low;
    }
    return bands;
}

} // namespace limpid::methods
