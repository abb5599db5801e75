// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/resample_layers.h"
#include "core/nn/residual_block.h"
#include "core/nn/spatial_transformer.h"

#include <torch/nn/module.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

#include <string>
#include <variant>
#include <vector>

namespace limpid::nn {

/// Layers of a U-Net applied one after the other and named "0", "1", …; each takes of the timestep
/// embedding and the context what it needs.
class TimedSequenceImpl : public torch::nn::Module {
public:
    using Layer =
        std::variant<Convolution, ResidualBlock, SpatialTransformer, Downsample, Upsample>;

    template<class Holder>
    void append(Holder layer)
    {
        register_module(std::to_string(layers_.size()), layer);
        layers_.emplace_back(std::move(layer));
    }

    /// x: [N, C, H, W]; embedding: [N, E]; context: [N, T, K] or undefined → [N, C', H', W'].
    torch::Tensor forward(torch::Tensor x, const torch::Tensor& embedding,
                          const torch::Tensor& context);

    std::vector<Layer>& layers() { return layers_; }

private:
    std::vector<Layer> layers_;
};
TORCH_MODULE(TimedSequence);

} // namespace limpid::nn
