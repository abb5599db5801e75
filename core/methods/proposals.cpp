// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/proposals.h"

#include "core/methods/deconvolved_change.h"
#include "core/methods/halo_tiles.h"
#include "core/methods/tensor_image.h"

namespace limpid::methods {

namespace {

/// What lies under `inner` of changes of what lies under `outer`.
std::vector<torch::Tensor> cutOut(const std::vector<torch::Tensor>& changes, const Rect& inner,
                                  const Rect& outer)
{
    const Rect here{inner.x - outer.x, inner.y - outer.y, inner.width, inner.height};
    std::vector<torch::Tensor> parts;
    for (const auto& change : changes)
        parts.push_back(narrowed(change, here, outer.width / change.size(3)).contiguous());
    return parts;
}

} // namespace

std::vector<torch::Tensor> proposalsFor(const RestorationJob& job, const Rect& seen,
                                        const networks::SharpnessGateConfig& gate,
                                        const Regression& regression)
{
    if (!gate.deconvolved)
        return coarseChanges(job, seen, gate.scales, regression);
    const BlurParts parts = blurPartsUnder(seen, job.image.size());
    auto changes = coarseChanges(job, parts.area, gate.scales, regression);
    changes.push_back(deconvolvedChange(toTensor(job.image, parts.area), changes.front(), parts,
                                        regression.settings.device, regression.token));
    return cutOut(changes, seen, parts.area);
}

} // namespace limpid::methods
