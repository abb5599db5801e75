// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/job_context.h"

#include "core/engine/preview_mailbox.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace limpid::engine {

using std::chrono::duration_cast;
using std::chrono::milliseconds;

JobContext::JobContext(JobId job, CancelToken token, EventSink& sink, PreviewMailbox& mailbox)
    : job_(job), token_(std::move(token)), sink_(sink), mailbox_(mailbox),
      start_(std::chrono::steady_clock::now())
{}

void JobContext::stage(Stage stage)
{
    if (stage == Stage::Sampling)
        samplingStart_ = busyTime();
    sink_.onEvent(StageChanged{job_, stage});
}

void JobContext::stepDone(int step, int steps)
{
    const auto sampling = duration_cast<milliseconds>(busyTime() - samplingStart_);
    sink_.onEvent(StepDone{job_, step, steps, sampling});
}

void JobContext::expectWork(double amount)
{
    expectedWork_ = amount;
    doneWork_ = 0.0;
}

void JobContext::worked(double amount)
{
    doneWork_ += amount;
    if (expectedWork_ > 0.0)
        sink_.onEvent(Worked{job_, std::min(1.0, doneWork_ / expectedWork_)});
}

void JobContext::degraded(Degradation what, std::string detail)
{
    sink_.onEvent(Degraded{job_, what, std::move(detail)});
}

bool JobContext::wantsPreview(FrameKind kind) const
{
    return mailbox_.wants(kind);
}

void JobContext::publish(Frame frame)
{
    frame.job = job_;
    const PreviewReady ready{job_, frame.kind, frame.step};
    mailbox_.put(std::make_shared<const Frame>(std::move(frame)));
    sink_.onEvent(ready);
}

milliseconds JobContext::elapsed() const
{
    return duration_cast<milliseconds>(busyTime());
}

std::chrono::steady_clock::duration JobContext::busyTime() const
{
    return std::chrono::steady_clock::now() - start_ - token_.waited();
}

} // namespace limpid::engine
