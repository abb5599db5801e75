// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/resample_layers.h"

namespace limpid::nn {

DownsampleImpl::DownsampleImpl(const std::string& name, std::int64_t channels,
                               DownsamplePadding padding)
    : padding_(padding),
      convolution_(register_module(
          name, Convolution(channels, channels,
                            ConvolutionOptions{
                                .kernel = 3,
                                .stride = 2,
                                .padding = padding == DownsamplePadding::Symmetric ? 1 : 0,
                            })))
{}

torch::Tensor DownsampleImpl::forward(const torch::Tensor& x)
{
    if (padding_ == DownsamplePadding::Symmetric)
        return convolution_(x);
    return convolution_(torch::constant_pad_nd(x, {0, 1, 0, 1}));
}

UpsampleImpl::UpsampleImpl(std::int64_t channels)
    : convolution_(register_module("conv", Convolution(channels, channels)))
{}

torch::Tensor UpsampleImpl::forward(const torch::Tensor& x)
{
    const std::vector<double> factors{2.0, 2.0};
    return convolution_(torch::upsample_nearest2d(x, at::OptionalIntArrayRef(), factors));
}

} // namespace limpid::nn
