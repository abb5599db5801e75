// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/event.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>

namespace limpid::app {

/// Hands the engine's events over to the thread that waits for them.
class EventQueue final : public engine::EventSink {
public:
    void onEvent(const engine::Event& event) noexcept override
    {
        const std::lock_guard lock(mutex_);
        events_.push_back(event);
        arrived_.notify_one();
    }

    /// The oldest event; none if there was none within the time.
    std::optional<engine::Event> next(std::chrono::milliseconds patience)
    {
        std::unique_lock lock(mutex_);
        if (!arrived_.wait_for(lock, patience, [this] { return !events_.empty(); }))
            return std::nullopt;
        engine::Event event = std::move(events_.front());
        events_.pop_front();
        return event;
    }

private:
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<engine::Event> events_;
};

} // namespace limpid::app
