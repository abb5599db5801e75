// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/state/engine_bridge.h"
#include "ui/state/step_trail.h"

#include <QObject>

#include <optional>

namespace limpid::ui {

/// The newest full picture of a run that was cancelled.
struct PartialResult {
    engine::JobId job = engine::JobId::None;
    int step = 0;
    int steps = 0; ///< That the run would have had.
    region::Patch patch{};
};

/// Moves through the steps of a run, during it and after it. The preview of a step is there at
/// once; of a finished run the engine is asked for the full picture, which then takes its place.
class StepScrubber : public QObject {
    Q_OBJECT
public:
    explicit StepScrubber(EngineBridge& bridge, QObject* parent = nullptr);

    void begin(engine::JobId job, int steps); ///< A run starts: follow its newest frame.
    void add(const engine::FramePtr& frame);  ///< A frame of that run.
    void finish();                            ///< It has a result; its steps can be asked for.
    void discard();                           ///< It ended without: back to the run before.
    /// It was cancelled: as discard(), but its newest step is asked for as a partial result.
    void stop();
    void clear();

    /// The result shown when nobody scrubs: of this job, made at this step. Steps of another job
    /// are hidden.
    void rest(engine::JobId job, int step);

    /// True when there are steps to move through.
    bool isUsable() const;
    bool isRunning() const { return running_.has_value(); }
    int first() const; ///< 0 when the structure before step 1 is known, else 1.
    int last() const;  ///< During a run the newest step that can be shown.
    int position() const;
    int total() const; ///< Steps of the run.
    int restingStep() const { return restingStep_; }

    /// Clamped to first()…last(). The last of a run means: follow; the resting step: the result.
    void show(int step);

    /// The preview to paint; null when the result itself is to be seen.
    engine::FramePtr frame() const;
    /// DeblurDiff's decoded LKPN latent at the step shown; null when the run has none.
    engine::FramePtr kernelFrame() const;
    /// The full picture of the step shown, once it is there.
    const std::optional<region::Patch>& fullPicture() const { return full_; }
    /// True when the engine no longer knows the step shown: its preview is all there is.
    bool isPreviewOnly() const { return unavailable_; }

    /// Of the run that was cancelled last, while nobody scrubs and until another one begins. Null
    /// when it had shown no step yet.
    const PartialResult* partial() const;
    /// The partial result is to be kept: its steps can be moved through from now on.
    void keepPartial();
    /// It is offered no longer.
    void withdrawPartial();

Q_SIGNALS:
    void changed();

private:
    struct Track {
        engine::JobId job = engine::JobId::None;
        int steps = 0;
        int reached = 0; ///< Steps that were made when it ended.
        StepTrail trail;
        StepTrail kernels;
    };

    const Track* current() const;
    void forgetPosition();
    void takePartial(const engine::StepDecoded& decoded);
    void askForPartial(int step);

    EngineBridge& bridge_;
    std::optional<Track> running_;
    std::optional<Track> finished_;
    std::optional<Track> stopped_; // the run cancelled last…
    std::optional<PartialResult> partial_;
    int askedStep_ = 0; // …and which of its steps the engine was asked for
    engine::JobId restingJob_ = engine::JobId::None;
    int restingStep_ = 0;
    std::optional<int> position_; // none: following, or at rest
    std::optional<region::Patch> full_;
    bool unavailable_ = false;
};

} // namespace limpid::ui
