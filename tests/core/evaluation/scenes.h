// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

namespace limpid::tests {

/// Soft blobs and fine grain, in 0.2…0.8. → [1, 3, side, side].
inline torch::Tensor scene(std::int64_t side, std::uint64_t seed = 1)
{
    torch::manual_seed(seed);
    const auto coarse = torch::rand({1, 3, side / 8, side / 8});
    const auto smooth = torch::upsample_bilinear2d(coarse, {side, side}, true);
    return 0.2 + 0.5 * smooth + 0.1 * torch::rand({1, 3, side, side});
}

/// Every row (or column) of a gray picture is `profile`. profile: [side] → [1, 3, side, side].
inline torch::Tensor fromProfile(const torch::Tensor& profile, bool alongX = true)
{
    const auto side = profile.size(0);
    const auto rows = profile.to(torch::kFloat32).view({1, 1, 1, side}).expand({1, 3, side, side});
    return (alongX ? rows : rows.transpose(2, 3)).contiguous();
}

} // namespace limpid::tests
