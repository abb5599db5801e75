// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/coarse_changes.h"

#include "core/methods/halo_tiles.h"
#include "core/methods/tensor_image.h"

#include <torch/utils.h>

namespace limpid::methods {

namespace {

torch::Tensor coarseChange(const RestorationJob& job, const Rect& seen, int scale,
                           const Regression& regression)
{
    const Canvas canvas = coarseCanvas(seen, job.image.size(), scale);
    const auto blurred = torch::avg_pool2d(toTensor(job.image, canvas.seen), scale);
    const auto change = changeByOneStep(blurred, blurred, job, regression);
    return narrowed(change, canvas.resultInSeen(), scale).contiguous();
}

} // namespace

Canvas coarseCanvas(const Rect& seen, Size photo, int scale)
{
    return canvasAround(seen, photo,
                        {.alignment = Regression::alignment * scale,
                         .contextPixels = Regression::contextPixels * scale});
}

std::vector<torch::Tensor> coarseChanges(const RestorationJob& job, const Rect& seen,
                                         std::int64_t scales, const Regression& regression)
{
    const torch::NoGradGuard noGrad;
    std::vector<torch::Tensor> changes;
    for (std::int64_t i = 1; i < scales; ++i)
        changes.push_back(coarseChange(job, seen, 1 << i, regression));
    return changes;
}

torch::Tensor atFullSize(const torch::Tensor& change, std::int64_t scale)
{
    if (scale == 1)
        return change;
    return torch::upsample_bicubic2d(change, {change.size(2) * scale, change.size(3) * scale},
                                     /*align_corners=*/false);
}

} // namespace limpid::methods
