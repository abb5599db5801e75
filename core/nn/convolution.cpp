// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/convolution.h"

#include "core/nn/new_parameter.h"

#include <cmath>

namespace limpid::nn {

ConvolutionImpl::ConvolutionImpl(std::int64_t in, std::int64_t out,
                                 const ConvolutionOptions& options)
    : options_(options)
{
    const auto side = options.kernel;
    const double bound = 1.0 / std::sqrt(static_cast<double>(in * side * side));
    weight = register_parameter("weight", newParameter({out, in, side, side}, bound));
    bias = register_parameter("bias", newParameter({out}, bound));
}

torch::Tensor ConvolutionImpl::forward(const torch::Tensor& x)
{
    return torch::conv2d(x, weight, bias, options_.stride, options_.padding);
}

Convolution pointConvolution(std::int64_t in, std::int64_t out)
{
    return Convolution(in, out, ConvolutionOptions{.kernel = 1, .stride = 1, .padding = 0});
}

} // namespace limpid::nn
