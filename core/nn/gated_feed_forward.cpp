// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/gated_feed_forward.h"

#include "core/nn/register_at.h"

namespace limpid::nn {

GatedFeedForwardImpl::GatedFeedForwardImpl(std::int64_t channels)
    : in_(registerAt(*this, "net.0.proj", Linear(channels, 8 * channels))),
      out_(registerAt(*this, "net.2", Linear(4 * channels, channels)))
{}

torch::Tensor GatedFeedForwardImpl::forward(const torch::Tensor& x)
{
    const auto halves = in_(x).chunk(2, -1); // values, gates
    return out_(halves[0] * torch::gelu(halves[1]));
}

} // namespace limpid::nn
