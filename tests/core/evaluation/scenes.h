// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>
#include <torch/utils.h>

namespace limpid::tests {

/// Soft blobs and fine grain, in 0.2…0.8. → [1, 3, side, side].
inline torch::Tensor scene(std::int64_t side, std::uint64_t seed = 1)
{
    torch::manual_seed(seed);
    const auto coarse = torch::rand({1, 3, side / 8, side / 8});
    const auto smooth = torch::upsample_bilinear2d(coarse, {side, side}, true);
    return 0.2 + 0.5 * smooth + 0.1 * torch::rand({1, 3, side, side});
}

/// Dead leaves: gray squares that hide each other, sharp edges at all scales, a little grain. The
/// statistics of photographs. → [1, 3, side, side].
inline torch::Tensor deadLeaves(std::int64_t side, std::uint64_t seed)
{
    torch::manual_seed(seed);
    auto picture = torch::full({1, 3, side, side}, 0.5);
    const auto dice = torch::rand({600, 4});
    for (std::int64_t i = 0; i < dice.size(0); ++i) {
        const auto at = [&](std::int64_t column) {
            return dice[i][column].item<double>();
        };
        const auto top = static_cast<std::int64_t>(at(0) * static_cast<double>(side));
        const auto left = static_cast<std::int64_t>(at(1) * static_cast<double>(side));
        const auto size = static_cast<std::int64_t>(4.0 / (0.05 + at(2)));
        picture.slice(2, top, top + size).slice(3, left, left + size).fill_(0.1 + 0.8 * at(3));
    }
    return picture + 0.01 * torch::randn({1, 1, side, side});
}

/// Every row (or column) of a gray picture is `profile`. profile: [side] → [1, 3, side, side].
inline torch::Tensor fromProfile(const torch::Tensor& profile, bool alongX = true)
{
    const auto side = profile.size(0);
    const auto rows = profile.to(torch::kFloat32).view({1, 1, 1, side}).expand({1, 3, side, side});
    return (alongX ? rows : rows.transpose(2, 3)).contiguous();
}

} // namespace limpid::tests
