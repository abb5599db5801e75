// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/norm_kind.h"

#include <torch/nn/module.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

namespace limpid::nn {

struct FeatureNormOptions {
    NormKind kind = NormKind::GroupSpatial;
    double epsilon = 1e-5;
};

/// Normalization of feature maps with a learned scale and shift per channel: by 32 groups over the
/// map as Stable Diffusion does, or over the channels of each pixel on its own.
class FeatureNormImpl : public torch::nn::Module {
public:
    /// Groups need a number of channels that 32 divides.
    FeatureNormImpl(std::int64_t channels, const FeatureNormOptions& options);

    /// x: [N, C, H, W], same shape out.
    torch::Tensor forward(const torch::Tensor& x);

private:
    FeatureNormOptions options_;
    torch::Tensor weight_;
    torch::Tensor bias_;
};
TORCH_MODULE(FeatureNorm);

} // namespace limpid::nn
