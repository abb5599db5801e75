// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/linear.h"

#include <torch/nn/module.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

namespace limpid::nn {

/// Feed-forward layer of a transformer whose hidden units are gated by the exact (erf) GELU.
class GatedFeedForwardImpl : public torch::nn::Module {
public:
    /// The hidden width is four times `channels`.
    explicit GatedFeedForwardImpl(std::int64_t channels);

    /// x: [N, L, channels], same shape out.
    torch::Tensor forward(const torch::Tensor& x);

private:
    Linear in_;
    Linear out_;
};
TORCH_MODULE(GatedFeedForward);

} // namespace limpid::nn
