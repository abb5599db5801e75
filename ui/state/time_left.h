// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <deque>
#include <optional>

namespace limpid::ui {

/// Estimates what remains of a run from the pace of its last few steps, or other equal parts of its
/// work, so that it follows a machine that slows down or speeds up.
class TimeLeft {
public:
    void reset() { samples_.clear(); }

    /// `elapsed` since the first step began, pauses excluded.
    void add(int step, std::chrono::milliseconds elapsed);

    /// None before two moments are known.
    std::optional<std::chrono::milliseconds> until(int steps) const;

private:
    struct Sample {
        int step;
        std::chrono::milliseconds elapsed;
    };

    std::deque<Sample> samples_;
};

} // namespace limpid::ui
