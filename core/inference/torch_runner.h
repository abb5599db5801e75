// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/job_runner.h"
#include "core/inference/make_runner.h"
#include "core/inference/model_cache.h"
#include "core/inference/step_history.h"

namespace limpid::inference {

/// Runs jobs with LibTorch. The only place that catches its exceptions.
class TorchRunner : public engine::JobRunner {
public:
    explicit TorchRunner(const RunnerOptions& options);

    Result<engine::RestorationResult> run(const engine::RestorationRequest& request,
                                          engine::JobContext& context) override;
    Result<region::Patch> decodeStep(engine::JobId job, int step) override;

private:
    /// One way to carry a job out; the next is tried when memory runs out.
    struct Rung {
        torch::Device device;
        int tilePixels;
    };
    std::vector<Rung> ladder(const torch::Device& device) const;
    /// What is the same on every rung.
    struct Task {
        const methods::MethodEntry& entry;
        methods::RestorationJob job;
        std::string model;
        std::string precision;
    };
    Result<region::Patch> attempt(const Task& task, const Rung& rung, engine::JobContext& context);
    Result<region::Patch> climb(const Task& task, const Rung& rung, engine::JobContext& context);

    RunnerOptions options_;
    ModelCache models_;
    StepHistory history_;
};

} // namespace limpid::inference
