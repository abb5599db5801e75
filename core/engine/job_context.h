// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancellation.h"
#include "core/engine/event.h"

#include <chrono>
#include <string>

namespace limpid::engine {

class PreviewMailbox;

/// All that a running job may touch of the world above it. Inference thread only.
class JobContext {
public:
    JobContext(JobId job, CancelToken token, EventSink& sink, PreviewMailbox& mailbox);

    JobId job() const { return job_; }
    const CancelToken& token() const { return token_; }

    /// Waits while paused, then throws Cancelled if cancellation was requested.
    void checkpoint() const { token_.throwIfRequested(); }

    void stage(Stage stage);
    void stepDone(int step, int steps);
    /// How much there is to do, in any unit; nothing of it is done.
    void expectWork(double amount);
    /// So much more of it is done.
    void worked(double amount);
    void degraded(Degradation what, std::string detail);

    /// True when a frame of this kind would be shown now. Ask before paying for one.
    bool wantsPreview(FrameKind kind) const;

    /// Publishes a frame; its `job` is filled in. Latest wins.
    void publish(Frame frame);

    /// Since the job started, pauses excluded.
    std::chrono::milliseconds elapsed() const;

private:
    std::chrono::steady_clock::duration busyTime() const;

    JobId job_;
    CancelToken token_;
    EventSink& sink_;
    PreviewMailbox& mailbox_;
    std::chrono::steady_clock::time_point start_;
    std::chrono::steady_clock::duration samplingStart_{0}; ///< In busy time.
    double expectedWork_ = 0.0;
    double doneWork_ = 0.0;
};

} // namespace limpid::engine
