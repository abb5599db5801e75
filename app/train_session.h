// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/learning_options.h"
#include "core/training/train_session.h"

namespace limpid::app {

/// What this tool can do with photographs: everything, or in limpid-train-bare nothing.
training::PhotoTools photoTools();

/// Gets the device ready and runs the session → exit code.
int runSession(const training::SessionOptions& session, const training::LearningOptions& learning,
               const training::MakeLearner& makeLearner);

} // namespace limpid::app
