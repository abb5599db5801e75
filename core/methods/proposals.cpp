// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/proposals.h"

#include "core/methods/canvas.h"
#include "core/methods/coarse_changes.h"
#include "core/methods/deconvolved_change.h"
#include "core/methods/halo_tiles.h"
#include "core/methods/tensor_image.h"

#include <torch/utils.h>

namespace limpid::methods {

namespace {

double pixelsOf(const Rect& area)
{
    return static_cast<double>(area.size().area());
}

/// What is deconvolved, and refined after that.
Canvas canvasOf(const networks::SharpnessGateConfig& gate, const Rect& seen, Size photo)
{
    return canvasAround(seen, photo,
                        {.alignment = Regression::alignment,
                         .contextPixels = gate.refined ? Regression::contextPixels : 0});
}

double coarseWork(const networks::SharpnessGateConfig& gate, const Rect& seen, Size photo)
{
    double work = 0.0;
    for (std::int64_t i = 1; i < gate.scales; ++i) {
        const int scale = 1 << i;
        work += pixelsOf(coarseCanvas(seen, photo, scale).seen) / (scale * scale);
    }
    return work;
}

} // namespace

std::vector<torch::Tensor> proposalsFor(const RestorationJob& job, const Rect& seen,
                                        const networks::SharpnessGateConfig& gate,
                                        const Regression& regression)
{
    if (!gate.deconvolved)
        return coarseChanges(job, seen, gate.scales, regression);
    const torch::NoGradGuard noGrad;
    const Canvas canvas = canvasOf(gate, seen, job.image.size());
    const BlurParts parts = blurPartsUnder(canvas.seen, job.image.size());
    auto changes = coarseChanges(job, parts.area, gate.scales, regression);
    const auto blurred = toTensor(job.image, parts.area);
    const auto deconvolved = narrowed(
        deconvolvedChange(blurred, changes.front(), parts, regression), parts.inArea(canvas.seen));
    for (auto& change : changes)
        change =
            narrowed(change, parts.inArea(seen), parts.area.width / change.size(3)).contiguous();
    const auto add = [&](const torch::Tensor& change) {
        changes.push_back(narrowed(change, canvas.resultInSeen()).contiguous());
    };
    add(deconvolved);
    if (gate.refined) {
        const auto photo = narrowed(blurred, parts.inArea(canvas.seen));
        add(changeByOneStep(photo + deconvolved, photo, job, regression));
    }
    return changes;
}

double proposalWork(const networks::SharpnessGateConfig& gate, const Rect& seen, Size photo)
{
    if (!gate.deconvolved)
        return coarseWork(gate, seen, photo);
    const Canvas canvas = canvasOf(gate, seen, photo);
    const BlurParts parts = blurPartsUnder(canvas.seen, photo);
    return coarseWork(gate, parts.area, photo) + deconvolutionWork(parts) +
           (gate.refined ? pixelsOf(canvas.seen) : 0.0);
}

} // namespace limpid::methods
