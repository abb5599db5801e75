// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/ladder.h"

#include <algorithm>

namespace limpid::inference {

namespace {

constexpr int smallestTile = 256;
constexpr int tileMultiple = 64;

} // namespace

std::vector<Rung> ladder(const c10::Device& device, int largestTile)
{
    std::vector<int> tiles;
    for (int side = largestTile; side > smallestTile; side /= 2)
        tiles.push_back(std::max(smallestTile, side / tileMultiple * tileMultiple));
    if (tiles.empty() || tiles.back() != smallestTile)
        tiles.push_back(smallestTile);
    std::vector<Rung> rungs;
    rungs.reserve(2 * tiles.size());
    for (const int side : tiles)
        rungs.push_back({device, side});
    // The CPU has more memory than a GPU, but its small tiles only come after its large ones.
    for (const int side : device.is_cpu() ? std::vector<int>{} : tiles)
        rungs.push_back({c10::Device(c10::kCPU), side});
    return rungs;
}

std::optional<std::size_t> nextRung(const std::vector<Rung>& rungs, std::size_t failed,
                                    ErrorCode why, bool automatic)
{
    std::size_t next = failed + 1;
    if (why == ErrorCode::DeviceUnavailable && automatic && !rungs[failed].device.is_cpu())
        while (next < rungs.size() && !rungs[next].device.is_cpu())
            ++next;
    else if (why != ErrorCode::OutOfMemory)
        return std::nullopt;
    return next < rungs.size() ? std::optional(next) : std::nullopt;
}

} // namespace limpid::inference
