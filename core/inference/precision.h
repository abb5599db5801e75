// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/methods/restoration_method.h"

#include <optional>

namespace limpid::inference {

/// Whether a GPU of this compute capability (75 for 7.5) has units for bf16; those before 8.0 take
/// a detour that is slower than fp32. Nothing, an unknown one, counts as one without.
constexpr bool hasBf16Units(std::optional<int> capability)
{
    return capability.value_or(0) >= 80;
}

/// Whether this device computes in bf16 without a detour.
bool computesBf16(const torch::Device& device);

/// Whether a method may run in bf16 on this device: the hardware computes in bf16, and the one-step
/// answer to a fixed test picture stays within one level of 255 of the fp32 answer. Networks too
/// large for that check are trusted: half the memory decides whether they run at all.
/// The same machine and weights always get the same answer, so results stay repeatable.
bool toleratesBf16(methods::RestorationMethod& method, const torch::Device& device);

} // namespace limpid::inference
