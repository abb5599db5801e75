// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/state/engine_bridge.h"
#include "ui/state/restoration.h"
#include "ui/state/time_left.h"
#include "ui/state/work_time.h"

#include <QObject>

#include <cstdint>

namespace limpid::ui {

/// One job at a time, from start to its ending. Events of any other job are dropped, so what a
/// cancelled job still says cannot touch the next one.
class RestorationRun : public QObject {
    Q_OBJECT
public:
    explicit RestorationRun(EngineBridge& bridge, QObject* parent = nullptr);

    /// Ignored while a job is active. The region's mask is made in the pool, then the job is
    /// submitted.
    void start(engine::RestorationRequest request);
    void setPaused(bool paused);
    /// The state says `cancelling` at once, and Stopped when the engine confirms.
    void cancel();
    /// Cancels and forgets at once: the photo is another one.
    void abandon();

    const JobState& state() const { return state_; }
    const Active* active() const { return std::get_if<Active>(&state_); }
    const MaskPtr& mask() const { return mask_; }
    /// Of the active job, or of the last one.
    const engine::RestorationRequest& request() const { return request_; }
    std::optional<std::chrono::milliseconds> timeLeft() const;
    /// On the active job, or on the last one; pauses left out.
    std::chrono::milliseconds worked() const;

Q_SIGNALS:
    void stateChanged();
    void submitted(const limpid::ui::Active& job);
    void frameArrived(const limpid::engine::FramePtr& frame);
    void degraded(const limpid::engine::Degraded& notice);
    void succeeded(const limpid::ui::RestorationPtr& restoration);
    void broken(const limpid::Error& error);
    void stopped();

private:
    void submit();
    void setState(JobState state);
    Active* activeJob(engine::JobId job);
    void followProgress();
    void followEndings();

    EngineBridge& bridge_;
    JobState state_;
    engine::RestorationRequest request_;
    MaskPtr mask_;
    TimeLeft timeLeft_;
    WorkTime work_;
    std::uint64_t ticket_ = 0; // which start() a mask from the pool belongs to
};

} // namespace limpid::ui
