// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/event.h"
#include "core/engine/job_runner.h"
#include "core/engine/preview_mailbox.h"
#include "core/engine/request.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <variant>

namespace limpid::engine {

struct EngineOptions {
    std::chrono::milliseconds previewInterval{40};
};

/// Queue, thread and events around one JobRunner. All public functions return at once and may be
/// called from any thread. Destruction cancels every job, sends their endings and joins; it must
/// not happen inside the sink.
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

    /// From here on the job's ending is JobCancelled, whatever it is doing. Unknown or ended
    /// jobs are ignored, here and in pause() and resume().
    void cancel(JobId job);
    void pause(JobId job);
    void resume(JobId job);

    /// The newest untaken frame of this kind; null when there is none.
    FramePtr takePreview(FrameKind kind);

    /// Asks for the picture of one step of a finished job: StepDecoded, or Failed with that job.
    /// Served before the jobs that wait; takes the place of a request that waits, which is not
    /// answered then.
    void requestStep(JobId job, int step);

private:
    struct Job {
        JobId id = JobId::None;
        RestorationRequest request;
        CancelToken token;
    };
    struct StepQuery {
        JobId job = JobId::None;
        int step = 0;
    };
    using Work = std::variant<Job, StepQuery>;

    void loop(const RunnerFactory& factory);
    std::optional<Work> nextWork();
    void process(const RunnerFactory& factory, const Job& job);
    void process(const RunnerFactory& factory, const StepQuery& query);
    Event run(const RunnerFactory& factory, const Job& job);
    void end(const Event& ending);
    JobRunner& runner(const RunnerFactory& factory);

    EventSink& sink_;
    PreviewMailbox mailbox_;
    std::mutex mutex_; ///< Guards jobs_, query_, the sources, lastId_ and stopping_.
    std::condition_variable wake_;
    std::deque<Job> jobs_;
    std::optional<StepQuery> query_;
    std::map<JobId, CancelSource> sources_; ///< Jobs without an ending.
    std::uint64_t lastId_ = 0;
    bool stopping_ = false;
    std::unique_ptr<JobRunner> runner_; ///< Inference thread only.
    std::thread thread_;
};

} // namespace limpid::engine
