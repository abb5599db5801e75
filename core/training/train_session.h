// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/training/learner.h"
#include "core/training/photo_cache.h"
#include "core/training/session_options.h"

#include <functional>
#include <memory>
#include <ostream>

namespace limpid::training {

/// Makes the stage that learns from these photographs.
using MakeLearner = std::function<Result<std::unique_ptr<Learner>>(PhotoCache photos)>;

/// Trains until the time or the steps are used up. Into `options.out` go state.pt (every five
/// minutes and at the end), log.tsv (step, seconds, loss, ratio), validation.md and samples.png (as
/// often as the options say and at the end); `progress` sees the figures too. Safe to kill at any
/// moment: the last state stays whole.
[[nodiscard]] Result<void> runSession(const SessionOptions& options, const MakeLearner& makeLearner,
                                      std::ostream& progress);

} // namespace limpid::training
