// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/restoration_run.h"

#include "core/region/mask.h"
#include "ui/state/in_background.h"

namespace limpid::ui {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int sharesInAll = 10'000; // work is counted in these, as steps are

Result<MaskPtr> maskOf(const engine::RestorationRequest& request)
{
    if (!request.region)
        return MaskPtr{};
    return std::make_shared<const region::Mask>(
        region::rasterize(*request.region, request.image.size()));
}

} // namespace

RestorationRun::RestorationRun(EngineBridge& bridge, QObject* parent)
    : QObject(parent), bridge_(bridge)
{
    followProgress();
    followEndings();
}

void RestorationRun::start(engine::RestorationRequest request)
{
    if (active())
        return;
    request_ = std::move(request);
    mask_.reset();
    timeLeft_.reset();
    work_.start(Clock::now());
    setState(Active{.stage = engine::Stage::Preparing, .steps = request_.steps});
    const auto ticket = ++ticket_;
    inBackground(
        this, [request = request_] { return maskOf(request); },
        [this, ticket](const Result<MaskPtr>& mask) {
            if (ticket != ticket_)
                return;
            if (!mask) {
                setState(Broken{mask.error()});
                Q_EMIT broken(mask.error());
                return;
            }
            mask_ = *mask;
            submit();
        });
}

void RestorationRun::submit()
{
    auto* job = std::get_if<Active>(&state_);
    job->job = bridge_.submit(request_);
    if (job->paused)
        bridge_.pause(job->job);
    Q_EMIT submitted(*job);
}

void RestorationRun::setPaused(bool paused)
{
    auto* job = std::get_if<Active>(&state_);
    if (!job || job->paused == paused || job->cancelling)
        return;
    job->paused = paused;
    paused ? work_.pause(Clock::now()) : work_.resume(Clock::now());
    if (job->job != engine::JobId::None)
        paused ? bridge_.pause(job->job) : bridge_.resume(job->job);
    Q_EMIT stateChanged();
}

void RestorationRun::cancel()
{
    auto* job = std::get_if<Active>(&state_);
    if (!job || job->cancelling)
        return;
    if (job->job == engine::JobId::None) {
        ++ticket_;
        setState(Stopped{});
        Q_EMIT stopped();
        return;
    }
    job->cancelling = true;
    bridge_.cancel(job->job);
    Q_EMIT stateChanged();
}

void RestorationRun::abandon()
{
    if (const auto* job = active(); job && job->job != engine::JobId::None)
        bridge_.cancel(job->job);
    ++ticket_;
    mask_.reset();
    request_ = {}; // with the photo
    setState(Idle{});
}

std::optional<std::chrono::milliseconds> RestorationRun::timeLeft() const
{
    const auto* job = active();
    if (!job)
        return std::nullopt;
    return timeLeft_.until(job->share > 0.0 ? sharesInAll : job->steps);
}

std::chrono::milliseconds RestorationRun::worked() const
{
    return work_.until(Clock::now());
}

void RestorationRun::setState(JobState state)
{
    state_ = std::move(state);
    if (!active())
        work_.pause(Clock::now());
    Q_EMIT stateChanged();
}

Active* RestorationRun::activeJob(engine::JobId job)
{
    auto* current = std::get_if<Active>(&state_);
    return current && current->job == job && job != engine::JobId::None ? current : nullptr;
}

void RestorationRun::followProgress()
{
    connect(&bridge_, &EngineBridge::stageChanged, this, [this](const engine::StageChanged& event) {
        if (auto* job = activeJob(event.job)) {
            job->stage = event.stage;
            Q_EMIT stateChanged();
        }
    });
    connect(&bridge_, &EngineBridge::stepDone, this, [this](const engine::StepDone& event) {
        if (auto* job = activeJob(event.job)) {
            job->step = event.step;
            job->steps = event.steps;
            if (job->share == 0.0)
                timeLeft_.add(event.step, event.elapsed);
            Q_EMIT stateChanged();
        }
    });
    connect(&bridge_, &EngineBridge::worked, this, [this](const engine::Worked& event) {
        if (auto* job = activeJob(event.job)) {
            job->share = event.share;
            timeLeft_.add(static_cast<int>(event.share * sharesInAll), worked());
            Q_EMIT stateChanged();
        }
    });
    connect(&bridge_, &EngineBridge::frameReady, this, [this](const engine::FramePtr& frame) {
        if (activeJob(frame->job))
            Q_EMIT frameArrived(frame);
    });
    connect(&bridge_, &EngineBridge::degraded, this, [this](const engine::Degraded& event) {
        if (activeJob(event.job))
            Q_EMIT degraded(event);
    });
}

void RestorationRun::followEndings()
{
    connect(&bridge_, &EngineBridge::finished, this, [this](const engine::Finished& event) {
        if (!activeJob(event.job))
            return;
        const auto& result = event.result;
        const auto restoration =
            std::make_shared<const Restoration>(Restoration{.job = event.job,
                                                            .request = request_,
                                                            .patch = result.patch,
                                                            .mask = mask_,
                                                            .device = result.device,
                                                            .elapsed = result.elapsed,
                                                            .step = request_.steps});
        setState(Succeeded{result.device, result.elapsed});
        Q_EMIT succeeded(restoration);
    });
    connect(&bridge_, &EngineBridge::failed, this, [this](const engine::Failed& event) {
        if (!activeJob(event.job))
            return;
        setState(Broken{event.error});
        Q_EMIT broken(event.error);
    });
    connect(&bridge_, &EngineBridge::cancelled, this, [this](const engine::JobCancelled& event) {
        if (!activeJob(event.job))
            return;
        setState(Stopped{});
        Q_EMIT stopped();
    });
}

} // namespace limpid::ui
