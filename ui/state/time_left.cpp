// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/time_left.h"

#include <algorithm>

namespace limpid::ui {

namespace {
constexpr std::size_t remembered = 5;
}

void TimeLeft::add(int step, std::chrono::milliseconds elapsed)
{
    if (samples_.empty())
        samples_.push_back({0, std::chrono::milliseconds{0}}); // sampling began here
    samples_.push_back({step, elapsed});
    if (samples_.size() > remembered)
        samples_.pop_front();
}

std::optional<std::chrono::milliseconds> TimeLeft::until(int steps) const
{
    if (samples_.size() < 2 || samples_.back().step <= samples_.front().step)
        return std::nullopt;
    const auto span = samples_.back().elapsed - samples_.front().elapsed;
    const int done = samples_.back().step - samples_.front().step;
    const int remaining = std::max(0, steps - samples_.back().step);
    return span * remaining / done;
}

} // namespace limpid::ui
