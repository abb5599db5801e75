// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/nn/module.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

namespace limpid::nn {

/// A linear layer like Torch's own, but one that can be built without values (new_parameter.h).
class LinearImpl : public torch::nn::Module {
public:
    LinearImpl(std::int64_t in, std::int64_t out, bool withBias = true);

    /// x: [..., in] → [..., out].
    torch::Tensor forward(const torch::Tensor& x);

    torch::Tensor weight; ///< [out, in]
    torch::Tensor bias;   ///< [out], or undefined.
};
TORCH_MODULE(Linear);

} // namespace limpid::nn
