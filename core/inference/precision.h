// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/methods/restoration_method.h"

namespace limpid::inference {

/// Whether a method may run in bf16 on this device: the hardware computes in bf16, and the one-step
/// answer to a fixed test picture stays within one level of 255 of the fp32 answer. Networks too
/// large for that check are trusted: half the memory decides whether they run at all.
/// The same machine and weights always get the same answer, so results stay repeatable.
bool toleratesBf16(methods::RestorationMethod& method, const torch::Device& device);

} // namespace limpid::inference
