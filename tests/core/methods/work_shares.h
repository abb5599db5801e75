// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/recording_sink.h"

#include <algorithm>
#include <vector>

namespace limpid::tests {

/// What a job has told of its work, in order.
inline std::vector<double> workShares(const RecordingSink& sink)
{
    std::vector<double> shares;
    for (const engine::Event& event : sink.events())
        if (const auto* told = std::get_if<engine::Worked>(&event))
            shares.push_back(told->share);
    return shares;
}

/// Tile by tile, up to all of it and not before its end.
inline bool leadToAll(const std::vector<double>& shares)
{
    constexpr double rounding = 1e-9;
    return shares.size() > 2 && std::ranges::is_sorted(shares) &&
           shares[shares.size() - 2] < 1.0 - rounding && shares.back() > 1.0 - rounding;
}

} // namespace limpid::tests
