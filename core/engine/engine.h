// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/event.h"
#include "core/engine/job_runner.h"
#include "core/engine/preview_mailbox.h"
#include "core/engine/request.h"

#include <chrono>
#include <deque>
#include <map>
#include <mutex>
#include <thread>
#include <variant>

namespace limpid::engine {

struct EngineOptions {
    std::chrono::milliseconds previewInterval{40};
};

/// Queue, thread and events around one JobRunner. All public functions return at once and may be
/// called from any thread. Destruction clears the queue, cancels the running job and joins.
class Engine {
public:
    /// The factory is called on the inference thread. `sink` must outlive the engine.
    Engine(RunnerFactory factory, EventSink& sink, EngineOptions options = {});
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    /// Queues a job. Its events begin with Queued and end with exactly one of
    /// Finished, Failed, JobCancelled.
    JobId submit(RestorationRequest request);

    void cancel(JobId job);
    void pause(JobId job);
    void resume(JobId job);

    /// The newest untaken frame of this kind; null when there is none.
    FramePtr takePreview(FrameKind kind);

    /// Asks for the picture of one step of a finished job: StepDecoded, or Failed with that job.
    void requestStep(JobId job, int step);

private:
    struct Job {
        JobId id = JobId::None;
        RestorationRequest request;
        CancelSource cancel;
    };
    struct StepQuery {
        JobId job = JobId::None;
        int step = 0;
    };
    using Work = std::variant<Job, StepQuery>;

    void loop(const RunnerFactory& factory);
    bool takeWork(Work& work);
    void process(JobRunner& runner, Job& job);
    void process(JobRunner& runner, const StepQuery& query);
    const CancelSource* sourceOf(JobId job) const;

    EventSink& sink_;
    PreviewMailbox mailbox_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Work> queue_;
    std::map<JobId, CancelSource> sources_;
    std::uint64_t lastId_ = 0;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace limpid::engine
