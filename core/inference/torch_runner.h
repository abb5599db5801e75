// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/job_runner.h"
#include "core/inference/devices.h"
#include "core/inference/ladder.h"
#include "core/inference/make_runner.h"
#include "core/inference/model_cache.h"
#include "core/inference/step_history.h"

#include <optional>

namespace limpid::inference {

/// Runs jobs with LibTorch and catches its exceptions: none comes out of here.
class TorchRunner : public engine::JobRunner {
public:
    explicit TorchRunner(const RunnerOptions& options);

    Result<engine::RestorationResult> run(const engine::RestorationRequest& request,
                                          engine::JobContext& context) override;
    Result<region::Patch> decodeStep(engine::JobId job, int step) override;

private:
    /// What is the same on every rung.
    struct Task {
        const methods::MethodEntry& entry;
        methods::RestorationJob job;
        std::string model;
        std::string precision;
    };
    Result<region::Patch> attempt(const Task& task, const Rung& rung, engine::JobContext& context);
    Result<region::Patch> climb(const Task& task, const Rung& rung, engine::JobContext& context);
    Result<torch::Device> choose(const std::string& id);
    Devices& devices();
    void giveUp(const torch::Device& device, const Error& error);

    RunnerOptions options_;
    std::optional<Devices> devices_; ///< Trying GPUs takes time and memory: once they are wanted.
    ModelCache models_;
    StepHistory history_;
    torch::Device historyDevice_ = torch::kCPU; ///< Where the job of history_ ran.
};

} // namespace limpid::inference
