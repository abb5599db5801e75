// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/step_scrubber.h"

#include <algorithm>
#include <utility>

namespace limpid::ui {

StepScrubber::StepScrubber(EngineBridge& bridge, QObject* parent) : QObject(parent), bridge_(bridge)
{
    connect(&bridge_, &EngineBridge::stepDecoded, this, [this](const engine::StepDecoded& decoded) {
        if (!running_ && finished_ && decoded.job == finished_->job && position_ == decoded.step) {
            full_ = decoded.patch;
            Q_EMIT changed();
        }
        takePartial(decoded);
    });
    // A failure of a job that has finished can only be the answer to requestStep.
    connect(&bridge_, &EngineBridge::failed, this, [this](const engine::Failed& failure) {
        if (!running_ && finished_ && failure.job == finished_->job && position_) {
            unavailable_ = true;
            Q_EMIT changed();
        }
        // The engine keeps every k-th step of long runs: an earlier one will do.
        if (stopped_ && !partial_ && failure.job == stopped_->job)
            askForPartial(askedStep_ - 1);
    });
}

void StepScrubber::begin(engine::JobId job, int steps)
{
    forgetPosition();
    withdrawPartial();
    running_ = Track{
        .job = job, .steps = steps, .reached = steps, .trail = StepTrail{}, .kernels = StepTrail{}};
    Q_EMIT changed();
}

void StepScrubber::add(const engine::FramePtr& frame)
{
    if (!running_ || frame->job != running_->job)
        return;
    const bool isKernel = frame->kind == engine::FrameKind::Kernel;
    (isKernel ? running_->kernels : running_->trail).add(frame);
    Q_EMIT changed();
}

void StepScrubber::finish()
{
    forgetPosition();
    finished_ = std::move(running_);
    running_.reset();
    Q_EMIT changed();
}

void StepScrubber::discard()
{
    forgetPosition();
    running_.reset();
    Q_EMIT changed();
}

void StepScrubber::stop()
{
    if (running_) {
        stopped_ = std::move(running_);
        stopped_->reached = stopped_->trail.newest();
        partial_.reset();
        askForPartial(stopped_->reached);
    }
    discard();
}

void StepScrubber::askForPartial(int step)
{
    askedStep_ = step;
    if (step > 0)
        bridge_.requestStep(stopped_->job, step);
}

void StepScrubber::takePartial(const engine::StepDecoded& decoded)
{
    if (!stopped_ || decoded.job != stopped_->job || decoded.step != askedStep_)
        return;
    partial_ = PartialResult{.job = stopped_->job,
                             .step = decoded.step,
                             .steps = stopped_->steps,
                             .patch = decoded.patch};
    Q_EMIT changed();
}

const PartialResult* StepScrubber::partial() const
{
    return partial_ && !running_ && !position_ ? &*partial_ : nullptr;
}

void StepScrubber::keepPartial()
{
    if (!partial())
        return;
    finished_ = std::exchange(stopped_, std::nullopt);
    partial_.reset();
    Q_EMIT changed();
}

void StepScrubber::withdrawPartial()
{
    stopped_.reset();
    partial_.reset();
    Q_EMIT changed();
}

void StepScrubber::clear()
{
    finished_.reset();
    withdrawPartial();
    restingJob_ = engine::JobId::None;
    discard();
}

void StepScrubber::rest(engine::JobId job, int step)
{
    restingJob_ = job;
    restingStep_ = step;
    if (!running_)
        forgetPosition();
    Q_EMIT changed();
}

const StepScrubber::Track* StepScrubber::current() const
{
    if (running_)
        return &*running_;
    return finished_ && finished_->job == restingJob_ ? &*finished_ : nullptr;
}

bool StepScrubber::isUsable() const
{
    const auto* track = current();
    return track && !track->trail.isEmpty() && last() > first();
}

int StepScrubber::first() const
{
    const auto* track = current();
    return track && track->trail.at(0) ? 0 : 1;
}

int StepScrubber::last() const
{
    const auto* track = current();
    if (!track)
        return 0;
    return running_ ? track->trail.newest() : track->reached;
}

int StepScrubber::position() const
{
    return position_.value_or(running_ ? last() : restingStep_);
}

int StepScrubber::total() const
{
    const auto* track = current();
    return track ? track->steps : 0;
}

void StepScrubber::show(int step)
{
    if (!current())
        return;
    const int wanted = std::clamp(step, first(), std::max(first(), last()));
    if (wanted == position())
        return;
    forgetPosition();
    if (wanted != position()) {
        position_ = wanted;
        if (!running_ && wanted > 0)
            bridge_.requestStep(finished_->job, wanted);
    }
    Q_EMIT changed();
}

engine::FramePtr StepScrubber::frame() const
{
    const auto* track = current();
    if (!track || full_)
        return nullptr;
    return running_ || position_ ? track->trail.at(position()) : nullptr;
}

engine::FramePtr StepScrubber::kernelFrame() const
{
    const auto* track = current();
    return track ? track->kernels.at(position()) : nullptr;
}

void StepScrubber::forgetPosition()
{
    position_.reset();
    full_.reset();
    unavailable_ = false;
}

} // namespace limpid::ui
