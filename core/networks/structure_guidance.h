// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/guided_block.h"

#include <torch/nn/module.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

#include <vector>

namespace limpid::networks {

struct StructureGuidanceConfig {
    std::int64_t channels = 24;                ///< Of the features handed to the U-Net.
    std::int64_t blocks = 4;                   ///< Residual blocks per scale.
    std::vector<std::int64_t> scales{2, 4, 8}; ///< Downsampling factors.
    bool channelNorm = true;
};

/// What one scale yields.
struct StructureScale {
    torch::Tensor features; ///< [N, channels, H/s, W/s]: output of the last residual block.
    torch::Tensor gray;     ///< [N, 1, H/s, W/s]: the predicted sharp gray picture, −1…1.
};

/// Predicts the sharp gray picture at several lower resolutions; its features guide the diffusion
/// network (Ren et al., ICCV 2023, section 3.2). Depends on the blurred picture alone, so it runs
/// once per picture, not once per step.
class StructureGuidanceImpl : public torch::nn::Module {
public:
    explicit StructureGuidanceImpl(const StructureGuidanceConfig& config);

    /// blurred: [N, 3, H, W], −1…1, H and W multiples of the largest scale. One entry per scale.
    std::vector<StructureScale> forward(const torch::Tensor& blurred);

    /// How far an answer looks in each direction: a tile with this halo is exact in its core.
    std::int64_t reachPixels() const;

private:
    struct Branch {
        torch::nn::Conv2d stem{nullptr};
        std::vector<nn::GuidedBlock> blocks;
        torch::nn::Conv2d head{nullptr};
    };
    Branch makeBranch(std::int64_t scale);

    StructureGuidanceConfig config_;
    std::vector<Branch> branches_;
};
TORCH_MODULE(StructureGuidance);

/// Rec. 601 luma of RGB. rgb: [N, 3, H, W] → [N, 1, H, W].
torch::Tensor luma(const torch::Tensor& rgb);

} // namespace limpid::networks
