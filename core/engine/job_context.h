// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancellation.h"
#include "core/engine/event.h"

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
    void degraded(Degradation what, std::string detail);

    /// True when a frame of this kind would be shown now. Ask before paying for one.
    bool wantsPreview(FrameKind kind) const;

    /// Publishes a frame; its `job` is filled in. Latest wins.
    void publish(Frame frame);

private:
    JobId job_;
    CancelToken token_;
    EventSink& sink_;
    PreviewMailbox& mailbox_;
    std::chrono::steady_clock::time_point samplingStart_;
};

} // namespace limpid::engine
