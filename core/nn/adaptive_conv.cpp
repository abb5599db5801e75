// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/adaptive_conv.h"

namespace limpid::nn {

torch::Tensor adaptiveConvolution(const torch::Tensor& x, const torch::Tensor& kernels,
                                  std::int64_t side, std::int64_t dilation)
{
    const auto n = x.size(0);
    const auto c = x.size(1);
    const auto h = x.size(2);
    const auto w = x.size(3);
    const auto taps = side * side;
    const auto groups = kernels.size(1) / taps;
    TORCH_CHECK(groups > 0 && kernels.size(1) == groups * taps && c % groups == 0,
                "want kernels of ", taps, " taps for groups of ", c, " channels, got ",
                kernels.sizes());
    const auto margin = dilation * (side / 2);
    const auto patches = torch::im2col(x, {side, side}, {dilation, dilation}, {margin, margin},
                                       {1, 1}); // [N, C·taps, H·W]
    const auto products = patches.view({n, groups, c / groups, taps, h, w}) *
                          kernels.view({n, groups, 1, taps, h, w});
    return products.sum(3).view({n, c, h, w});
}

} // namespace limpid::nn
