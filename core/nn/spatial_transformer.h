// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/attention_windows.h"
#include "core/nn/feature_norm.h"
#include "core/nn/linear.h"
#include "core/nn/transformer_block.h"

#include <torch/nn/module.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

namespace limpid::nn {

struct SpatialTransformerOptions {
    TransformerOptions block;
    std::int64_t windowSide = 64;
    NormKind norm = NormKind::GroupSpatial;
};

/// A transformer block over the pixels of a map. Maps larger than the window are cut into
/// overlapping windows; normalization and attention stay inside each, and overlaps are averaged.
class SpatialTransformerImpl : public torch::nn::Module {
public:
    explicit SpatialTransformerImpl(const SpatialTransformerOptions& options);

    /// x: [N, C, H, W]; context: [N, T, contextChannels] or undefined → [N, C, H, W].
    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& context);

    /// The same with windows of another size.
    torch::Tensor forwardWithWindow(const torch::Tensor& x, const torch::Tensor& context,
                                    WindowSize window);

    /// The windows of a map of this size.
    AttentionWindows windowsOf(WindowSize map) const { return attentionWindows(map, window_); }

    /// Zero for a network that is trained from scratch: the transformer starts as the identity.
    Linear& lastLayer() { return out_; }

private:
    torch::Tensor insideWindow(const torch::Tensor& x, const torch::Tensor& context);

    WindowSize window_;
    FeatureNorm norm_;
    Linear in_;
    TransformerBlock block_;
    Linear out_;
};
TORCH_MODULE(SpatialTransformer);

} // namespace limpid::nn
