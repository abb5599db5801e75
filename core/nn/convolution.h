// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/nn/module.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

namespace limpid::nn {

struct ConvolutionOptions {
    std::int64_t kernel = 3;
    std::int64_t stride = 1;
    std::int64_t padding = 1; ///< Zeros on every side.
};

/// A convolution like Torch's own, but one that can be built without values (new_parameter.h).
class ConvolutionImpl : public torch::nn::Module {
public:
    ConvolutionImpl(std::int64_t in, std::int64_t out, const ConvolutionOptions& options = {});

    /// x: [N, in, H, W] → [N, out, H', W'].
    torch::Tensor forward(const torch::Tensor& x);

    torch::Tensor weight; ///< [out, in, kernel, kernel]
    torch::Tensor bias;   ///< [out]

private:
    ConvolutionOptions options_;
};
TORCH_MODULE(Convolution);

/// A convolution that looks at one pixel.
Convolution pointConvolution(std::int64_t in, std::int64_t out);

} // namespace limpid::nn
