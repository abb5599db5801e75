// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/train_session.h"

#include "app/interruption.h"
#include "app/train_options.h"
#include "core/nn/cuda_library.h"

#include <iostream>
#include <torch/types.h>

namespace limpid::app {

namespace {

Result<void> prepareDevice(const std::string& name)
{
    if (torch::Device(name).is_cpu())
        return {};
    const auto problem = nn::openCuda();
    if (problem.empty())
        return {};
    return fail(ErrorCode::DeviceUnavailable, problem, name);
}

} // namespace

int runSession(const training::SessionOptions& session, const training::LearningOptions& learning,
               const training::MakeLearner& makeLearner)
{
    if (const auto ready = prepareDevice(learning.device); !ready)
        return complain(ready.error());
    return exitCodeOf(training::runSession(session, makeLearner, photoTools(), std::cout,
                                           watchForInterruption()));
}

} // namespace limpid::app
