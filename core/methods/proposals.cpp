// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/proposals.h"

#include "core/methods/deconvolved_change.h"
#include "core/methods/halo_tiles.h"
#include "core/methods/tensor_image.h"

namespace limpid::methods {

namespace {

/// What lies under `seen` of changes of what lies under the parts' area.
std::vector<torch::Tensor> cutOut(const std::vector<torch::Tensor>& changes, const Rect& seen,
                                  const BlurParts& parts)
{
    std::vector<torch::Tensor> cut;
    for (const auto& change : changes)
        cut.push_back(
            narrowed(change, parts.inArea(seen), parts.area.width / change.size(3)).contiguous());
    return cut;
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
    return cutOut(changes, seen, parts);
}

} // namespace limpid::methods
