// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/engine/frame.h"
#include "core/region/blend.h"

#include <chrono>
#include <string>
#include <variant>

namespace limpid::engine {

/// What a job is busy with.
enum class Stage { LoadingModel, Preparing, Sampling, Finishing };

/// Why a job goes on in a lesser way than asked.
enum class Degradation { SmallerTiles, FellBackToCpu, LowerPrecision };

/// What a job made: the restored pixels and how they came about.
struct RestorationResult {
    region::Patch patch;                  ///< Covers the region's reach, or the whole picture.
    std::string device;                   ///< Where it ran, e.g. "cpu".
    std::chrono::milliseconds elapsed{0}; ///< Filled in by the engine; pauses excluded.
};

struct Queued {
    JobId job;
};
struct Started {
    JobId job;
};
struct StageChanged {
    JobId job;
    Stage stage;
};
/// A step is done. `steps` counts network calls; `elapsed` since sampling began, pauses excluded.
struct StepDone {
    JobId job;
    int step; ///< 1…steps.
    int steps;
    std::chrono::milliseconds elapsed;
};
/// More of the job's work is done, as far as that is known beforehand.
struct Worked {
    JobId job;
    double share; ///< 0…1, of all of it.
};
/// A frame waits in the engine's mailbox: Engine::takePreview(kind).
struct PreviewReady {
    JobId job;
    FrameKind kind;
    int step;
};
struct Degraded {
    JobId job;
    Degradation what;
    std::string detail;
};
/// The picture predicted at one step, asked for by Engine::requestStep.
struct StepDecoded {
    JobId job;
    int step;
    region::Patch patch;
};
struct Finished {
    JobId job;
    RestorationResult result;
};
struct Failed {
    JobId job;
    Error error;
};
struct JobCancelled {
    JobId job;
};

/// Exactly one of Finished, Failed, JobCancelled ends each job; StepDecoded may follow Finished.
using Event = std::variant<Queued, Started, StageChanged, StepDone, Worked, PreviewReady, Degraded,
                           StepDecoded, Finished, Failed, JobCancelled>;

/// The job an event belongs to.
inline JobId jobOf(const Event& event)
{
    return std::visit([](const auto& e) { return e.job; }, event);
}

/// Receives events on the inference thread (Queued on the caller's); must return at once.
class EventSink {
public:
    virtual ~EventSink() = default;
    virtual void onEvent(const Event& event) noexcept = 0;
};

} // namespace limpid::engine
