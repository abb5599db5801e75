// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <c10/core/Device.h>

#include <optional>
#include <vector>

namespace limpid::inference {

/// One way to carry a job out; another is tried when it fails.
struct Rung {
    c10::Device device;
    int tilePixels; ///< Side of the largest tile.
};

/// The ways from this device on, each needing less of it than the one before; the CPU comes last.
std::vector<Rung> ladder(const c10::Device& device, int largestTile);

/// Where to go on after the rung `failed` failed: one further when memory ran out, at the CPU when
/// the GPU broke down and nobody asked for that one (`automatic`); nowhere otherwise.
std::optional<std::size_t> nextRung(const std::vector<Rung>& rungs, std::size_t failed,
                                    ErrorCode why, bool automatic);

} // namespace limpid::inference
