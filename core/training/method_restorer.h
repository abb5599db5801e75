// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/networks/sharpness_gate.h"
#include "core/training/gate_lessons.h"
#include "core/training/validation.h"

#include <filesystem>

namespace limpid::training {

/// Restores pictures as the program does: a shipped weight file of any method, the method's own
/// path (low band of the input kept, values clamped), this many steps, seed 1, device cpu, default
/// parameters.
[[nodiscard]] Result<Restorer> restorerOfModel(const std::filesystem::path& weights, int steps);

/// What a gate of the model may show of a whole photograph beside its restoration
/// (methods::proposalsFor).
[[nodiscard]] Result<Proposer> proposerOfModel(const std::filesystem::path& weights,
                                               const networks::SharpnessGateConfig& gate);

} // namespace limpid::training
