// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/shape_check.h"

namespace limpid::nn {

void checkShape(std::string_view what, const torch::Tensor& tensor, at::IntArrayRef wanted)
{
    bool same = tensor.dim() == static_cast<std::int64_t>(wanted.size());
    for (std::size_t i = 0; same && i < wanted.size(); ++i)
        same = wanted[i] < 0 || tensor.size(static_cast<std::int64_t>(i)) == wanted[i];
    TORCH_CHECK(same, what, ": want ", wanted, ", got ", tensor.sizes());
}

} // namespace limpid::nn
