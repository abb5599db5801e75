// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/job_runner.h"
#include "core/engine/method_spec.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace limpid::tests {

/// How the jobs of a fake runner go.
struct FakeScript {
    /// True: every step waits for FakeControl::allowSteps(). False: jobs run through.
    bool byHand = true;
    /// Offered before the first step (Guidance) and at every step (the others).
    std::vector<engine::FrameKind> frames{engine::FrameKind::Guidance,
                                          engine::FrameKind::Predicted};
    std::optional<Error> failure{}; ///< Returned instead of a result…
    std::string exception{};        ///< …or thrown as std::runtime_error when not empty…
    bool throwsNumber = false;      ///< …or an int is thrown, which is no std::exception…
    int troubleAtStep = 1;          ///< …after this many finished steps.
};

/// The test's hand on a fake runner, shared with it. Any thread; outlives the engine or not.
class FakeControl {
public:
    explicit FakeControl(FakeScript script = {});
    ~FakeControl();

    /// For Engine's constructor. Makes a runner that obeys this control.
    engine::RunnerFactory factory() const;

    /// Lets this many more steps happen, counted over all jobs.
    void allowSteps(int count = 1);

    /// No step waits any more.
    void allowAll();

    /// Replaces the script from the next job on.
    void setScript(FakeScript script);

    /// Requests that reached the runner, oldest first.
    std::vector<engine::RestorationRequest> requests() const;

    struct State;

private:
    std::shared_ptr<State> state_;
};

/// What the fake makes of a request after `step` of its steps: the reach of its region, or the
/// whole picture, faded from the original (step 0) to its negative 1 − v (the last step).
region::Patch fakePatch(const engine::RestorationRequest& request, int step);

/// The final one: the negative. It is what Finished brings.
region::Patch fakePatch(const engine::RestorationRequest& request);

/// A description to build panels from: id "fake", 1…50 steps, parameters "strength" (0…1, default
/// 0.85), "tile-exact" (a toggle) and "order" ("rows" or "spiral"), all kinds of frames.
engine::MethodSpec fakeMethodSpec();

/// A picture of random working-space colors; same seed, same picture.
image::Image randomImage(Size size, unsigned seed = 1);

} // namespace limpid::tests
