// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/training/validation.h"

#include <filesystem>

namespace limpid::training {

/// Restores pictures as the program does: a shipped weight file, the method's own path (low band of
/// the input kept, values clamped), this many steps, seed 1, device cpu.
[[nodiscard]] Result<Restorer> restorerOfModel(const std::filesystem::path& weights, int steps);

} // namespace limpid::training
