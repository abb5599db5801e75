// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/training/train_options.h"

#include <ostream>

namespace limpid::training {

/// Trains until the time or the steps are used up. Into `options.out` go state.pt (every five
/// minutes and at the end), log.tsv (step, seconds, loss, ratio) and validation.md (every quarter
/// of an hour and at the end); `progress` sees the same. Safe to kill at any moment: the last state
/// stays whole.
[[nodiscard]] Result<void> runSession(const TrainOptions& options, std::ostream& progress);

} // namespace limpid::training
