// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/frame.h"

#include <array>
#include <chrono>
#include <mutex>
#include <optional>

namespace limpid::engine {

/// Latest-wins slot for each kind of frame, at most one of each in flight. Any thread.
class PreviewMailbox {
public:
    /// Two frames of a kind are at least this far apart.
    explicit PreviewMailbox(std::chrono::milliseconds minimumInterval);

    /// True only if the last frame of this kind was taken and the interval has passed.
    bool wants(FrameKind kind) const;

    void put(FramePtr frame);

    /// Takes the newest frame of this kind; null when there is none.
    FramePtr take(FrameKind kind);

    /// Forgets all frames and intervals: a new job starts.
    void clear();

private:
    struct Slot {
        FramePtr frame;
        std::optional<std::chrono::steady_clock::time_point> lastPut;
    };

    std::chrono::milliseconds minimumInterval_;
    mutable std::mutex mutex_;
    std::array<Slot, 3> slots_;
};

} // namespace limpid::engine
