// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/methods/deblurdiff_networks.h"
#include "core/methods/restoration_guidance.h"
#include "core/methods/restoration_method.h"

#include <memory>

namespace limpid::methods {

/// The restoration guidance that a job's parameters ask for.
GuidanceOptions guidanceOf(const RestorationJob& job);

/// Restores with DeblurDiffReference, for comparisons: as the authors' program does with the same
/// steps, prompts, strength and guidance; tiled where the picture is larger than what the networks
/// were trained on. Noise depends on position, not on a generator's state.
region::Patch restoreAsPublished(DeblurDiffNetworks& networks, const RestorationJob& job,
                                 engine::JobContext& context);

} // namespace limpid::methods
