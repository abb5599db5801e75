// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/methods/regression.h"
#include "core/networks/sharpness_gate.h"

#include <torch/types.h>

#include <vector>

namespace limpid::methods {

/// What a gate may show of beside the restoration itself: the coarse changes of its scales, the
/// finer first, then the deconvolved one, then the refined one, each as far as the gate knows of
/// it. The refined one is a step made from the deconvolved photograph, which takes much of its
/// rings away (a learned prior after an inversion: Zhang et al. 2017, "Learning Deep CNN Denoiser
/// Prior for Image Restoration"), but some of what was found with them where there is noise.
/// seen: see coarseChanges. → pictures to be added, [1, 3, seen.height/s, seen.width/s], CPU.
/// Tells the regression's report of proposalWork() in all. Throws Cancelled, NonFinite.
std::vector<torch::Tensor> proposalsFor(const RestorationJob& job, const Rect& seen,
                                        const networks::SharpnessGateConfig& gate,
                                        const Regression& regression);

/// How much there is to do for them, in pixels of a network's step.
double proposalWork(const networks::SharpnessGateConfig& gate, const Rect& seen, Size photo);

} // namespace limpid::methods
