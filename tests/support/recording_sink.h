// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/event.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

namespace limpid::tests {

/// Keeps every event in order and lets a test wait for one. Any thread; no Qt.
class RecordingSink final : public engine::EventSink {
public:
    RecordingSink() = default;

    /// `react` sees each event after it was recorded, on the thread that sent it, without a lock:
    /// it may call the engine.
    explicit RecordingSink(std::function<void(const engine::Event&)> react);

    void onEvent(const engine::Event& event) noexcept override;

    std::vector<engine::Event> events() const;
    std::vector<engine::Event> eventsOf(engine::JobId job) const;

    /// Number of recorded events of one type, of any job.
    template<class T>
    int count() const
    {
        const std::lock_guard lock(mutex_);
        int found = 0;
        for (const engine::Event& event : events_)
            found += std::holds_alternative<T>(event) ? 1 : 0;
        return found;
    }

    /// Waits until `accepts` is true for an event, and returns the first such. Throws
    /// std::runtime_error after 30 s, which fails the test instead of hanging it.
    engine::Event waitFor(const std::function<bool(const engine::Event&)>& accepts);

    /// Waits for Finished, Failed or JobCancelled of this job.
    engine::Event waitForEnding(engine::JobId job);

    /// Waits for a job's event of one type.
    template<class T>
    T waitForEvent(engine::JobId job)
    {
        return std::get<T>(waitFor([job](const engine::Event& event) {
            return std::holds_alternative<T>(event) && engine::jobOf(event) == job;
        }));
    }

    /// Waits until this job has done this step.
    engine::StepDone waitForStep(engine::JobId job, int step);

private:
    const engine::Event* find(const std::function<bool(const engine::Event&)>& accepts) const;

    std::function<void(const engine::Event&)> react_;
    mutable std::mutex mutex_;
    std::condition_variable recorded_;
    std::vector<engine::Event> events_;
};

/// True for the three events that end a job.
bool isEnding(const engine::Event& event);

/// How many of these events end this job: 1 when all is well.
int endingsOf(const std::vector<engine::Event>& events, engine::JobId job);

/// The short name of an event, for messages: "Finished".
const char* nameOf(const engine::Event& event);

} // namespace limpid::tests
