// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/engine/job_context.h"
#include "core/engine/request.h"

#include <functional>
#include <memory>

namespace limpid::engine {

/// The interface that tensors hide behind. Built, used and destroyed on the inference thread.
class JobRunner {
public:
    virtual ~JobRunner() = default;

    /// Runs one job to its end. Throws Cancelled (from context.checkpoint()) and nothing else.
    virtual Result<RestorationResult> run(const RestorationRequest& request,
                                          JobContext& context) = 0;

    /// The picture predicted at `step` (1…steps) of a job that ran before, over the same area as
    /// its result. InvalidRequest when the history no longer has it.
    virtual Result<region::Patch> decodeStep(JobId job, int step) = 0;
};

using RunnerFactory = std::function<std::unique_ptr<JobRunner>()>;

} // namespace limpid::engine
