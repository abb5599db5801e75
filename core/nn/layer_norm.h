// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/nn/module.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

namespace limpid::nn {

/// Normalization of the last dimension, ε = 1e-5, with learned scale and shift; can be built
/// without values (new_parameter.h).
class LayerNormImpl : public torch::nn::Module {
public:
    explicit LayerNormImpl(std::int64_t width);

    /// x: [..., width], same shape out.
    torch::Tensor forward(const torch::Tensor& x);

private:
    torch::Tensor weight_;
    torch::Tensor bias_;
};
TORCH_MODULE(LayerNorm);

} // namespace limpid::nn
