// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>

namespace limpid::ui {

/// How long somebody has worked, pauses left out.
class WorkTime {
public:
    using Moment = std::chrono::steady_clock::time_point;

    /// From zero.
    void start(Moment now)
    {
        before_ = {};
        since_ = now;
    }

    void pause(Moment now)
    {
        before_ = until(now);
        since_.reset();
    }

    void resume(Moment now) { since_ = now; }

    std::chrono::milliseconds until(Moment now) const
    {
        const auto current = since_ ? now - *since_ : Moment::duration{};
        return before_ + std::chrono::duration_cast<std::chrono::milliseconds>(current);
    }

private:
    std::chrono::milliseconds before_{0}; ///< Up to the last pause.
    std::optional<Moment> since_;         ///< None in a pause.
};

} // namespace limpid::ui
