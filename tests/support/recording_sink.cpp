// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/recording_sink.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace limpid::tests {

using engine::Event;
using engine::JobId;

RecordingSink::RecordingSink(std::function<void(const Event&)> react) : react_(std::move(react)) {}

void RecordingSink::onEvent(const Event& event) noexcept
{
    {
        const std::lock_guard lock(mutex_);
        events_.push_back(event);
        recorded_.notify_all();
    }
    if (react_)
        react_(event);
}

std::vector<Event> RecordingSink::events() const
{
    const std::lock_guard lock(mutex_);
    return events_;
}

std::vector<Event> RecordingSink::eventsOf(JobId job) const
{
    std::vector<Event> found = events();
    std::erase_if(found, [job](const Event& event) { return engine::jobOf(event) != job; });
    return found;
}

Event RecordingSink::waitFor(const std::function<bool(const Event&)>& accepts)
{
    constexpr std::chrono::seconds patience{30};
    std::unique_lock lock(mutex_);
    const Event* found = nullptr;
    recorded_.wait_for(lock, patience, [&] { return (found = find(accepts)) != nullptr; });
    if (!found)
        throw std::runtime_error("the event did not come within 30 s");
    return *found;
}

Event RecordingSink::waitForEnding(JobId job)
{
    return waitFor(
        [job](const Event& event) { return engine::jobOf(event) == job && isEnding(event); });
}

engine::StepDone RecordingSink::waitForStep(JobId job, int step)
{
    return std::get<engine::StepDone>(waitFor([job, step](const Event& event) {
        const auto* done = std::get_if<engine::StepDone>(&event);
        return done && done->job == job && done->step == step;
    }));
}

const Event* RecordingSink::find(const std::function<bool(const Event&)>& accepts) const
{
    const auto found = std::find_if(events_.begin(), events_.end(), accepts);
    return found == events_.end() ? nullptr : &*found;
}

bool isEnding(const Event& event)
{
    return std::holds_alternative<engine::Finished>(event) ||
           std::holds_alternative<engine::Failed>(event) ||
           std::holds_alternative<engine::JobCancelled>(event);
}

int endingsOf(const std::vector<Event>& events, JobId job)
{
    return static_cast<int>(std::count_if(events.begin(), events.end(), [job](const Event& event) {
        return engine::jobOf(event) == job && isEnding(event);
    }));
}

const char* nameOf(const Event& event)
{
    constexpr std::array names{"Queued",   "Started",      "StageChanged", "StepDone",
                               "Worked",   "PreviewReady", "Degraded",     "StepDecoded",
                               "Finished", "Failed",       "JobCancelled"};
    static_assert(names.size() == std::variant_size_v<Event>);
    return names.at(event.index());
}

} // namespace limpid::tests
