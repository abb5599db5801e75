// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/spatial_transformer.h"

#include "core/nn/register_at.h"

namespace limpid::nn {

SpatialTransformerImpl::SpatialTransformerImpl(const SpatialTransformerOptions& options)
    : window_{options.windowSide, options.windowSide},
      norm_(register_module(
          "norm", FeatureNorm(options.block.channels,
                              FeatureNormOptions{.kind = options.norm, .epsilon = 1e-6}))),
      in_(register_module("proj_in", Linear(options.block.channels, options.block.channels))),
      block_(registerAt(*this, "transformer_blocks.0", TransformerBlock(options.block))),
      out_(register_module("proj_out", Linear(options.block.channels, options.block.channels)))
{}

torch::Tensor SpatialTransformerImpl::forward(const torch::Tensor& x, const torch::Tensor& context)
{
    return forwardWithWindow(x, context, window_);
}

torch::Tensor SpatialTransformerImpl::forwardWithWindow(const torch::Tensor& x,
                                                        const torch::Tensor& context,
                                                        WindowSize window)
{
    const auto inside = [&](const torch::Tensor& part) {
        return insideWindow(part, context);
    };
    return x + mapWindows(x, window, inside);
}

torch::Tensor SpatialTransformerImpl::insideWindow(const torch::Tensor& x,
                                                   const torch::Tensor& context)
{
    auto sequence = norm_(x).flatten(2).transpose(1, 2); // [N, H·W, C]
    sequence = out_(block_(in_(sequence), context));
    return sequence.transpose(1, 2).reshape(x.sizes());
}

} // namespace limpid::nn
