// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/networks/structure_guidance.h"

#include <string>

namespace limpid::networks {

torch::Tensor luma(const torch::Tensor& rgb)
{
    return 0.299 * rgb.narrow(1, 0, 1) + 0.587 * rgb.narrow(1, 1, 1) + 0.114 * rgb.narrow(1, 2, 1);
}

StructureGuidanceImpl::StructureGuidanceImpl(const StructureGuidanceConfig& config)
    : config_(config)
{
    for (const auto scale : config_.scales)
        branches_.push_back(makeBranch(scale));
}

StructureGuidanceImpl::Branch StructureGuidanceImpl::makeBranch(std::int64_t scale)
{
    const std::string prefix = "scale" + std::to_string(scale) + "_";
    Branch branch;
    branch.stem = register_module(prefix + "stem", nn::conv3x3(1, config_.channels));
    for (std::int64_t i = 0; i < config_.blocks; ++i)
        branch.blocks.push_back(register_module(prefix + "block" + std::to_string(i),
                                                nn::GuidedBlock(nn::GuidedBlockOptions{
                                                    .inChannels = config_.channels,
                                                    .outChannels = config_.channels,
                                                    .channelNorm = config_.channelNorm,
                                                })));
    branch.head = register_module(prefix + "head", nn::zeroConv3x3(config_.channels, 1));
    return branch;
}

std::int64_t StructureGuidanceImpl::reachPixels() const
{
    // One pixel of the coarsest scale for each 3×3 convolution: stem, two per block, head.
    return (2 * config_.blocks + 2) * config_.scales.back();
}

std::vector<StructureScale> StructureGuidanceImpl::forward(const torch::Tensor& blurred)
{
    const auto gray = luma(blurred);
    std::vector<StructureScale> scales;
    for (std::size_t i = 0; i < branches_.size(); ++i) {
        auto& branch = branches_[i];
        const auto small = torch::avg_pool2d(gray, config_.scales[i]);
        auto features = branch.stem(small);
        for (auto& block : branch.blocks)
            features = block(features);
        scales.push_back({features, small + branch.head(features)});
    }
    return scales;
}

} // namespace limpid::networks
