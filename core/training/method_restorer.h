// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/training/gate_lessons.h"
#include "core/training/validation.h"

#include <filesystem>
#include <map>
#include <string>

namespace limpid::training {

/// Restores pictures as the program does: a shipped weight file of any method, the method's own
/// path (low band of the input kept, values clamped), this many steps, seed 1, device cpu.
/// Parameters that are not given have their defaults.
[[nodiscard]] Result<Restorer>
restorerOfModel(const std::filesystem::path& weights, int steps,
                const std::map<std::string, double>& parameters = {});

/// What the model changes in a whole photograph at 1/2, 1/4 …, in one step each, as its gate will
/// be shown it (methods::coarseChanges); empty lists for one scale.
[[nodiscard]] Result<CoarseRestorer> coarseRestorerOfModel(const std::filesystem::path& weights,
                                                           std::int64_t scales);

} // namespace limpid::training
