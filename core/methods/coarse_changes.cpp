// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/coarse_changes.h"

#include "core/methods/canvas.h"
#include "core/methods/color_fix.h"
#include "core/methods/finite.h"
#include "core/methods/halo_tiles.h"
#include "core/methods/tensor_image.h"
#include "core/methods/tiled_denoiser.h"

namespace limpid::methods {

namespace {

constexpr int alignment = 64; // of what a regressor is given
constexpr int contextPixels = 96;
constexpr int overlapPixels = 96;

/// Answers for a tile with what one step makes of it.
class RegressedTile : public TileDenoiser {
public:
    explicit RegressedTile(const Regression& regression) : regression_(regression) {}

    diffusion::Prediction predictTile(const torch::Tensor& blurred,
                                      const diffusion::NoiseLevel& /*level*/,
                                      const Rect& /*tile*/) override
    {
        return {.clean = finiteOnCpu(regression_.answer(blurred), "the coarse answer"),
                .kernel = {}};
    }

private:
    const Regression& regression_;
};

torch::Tensor regressed(const torch::Tensor& blurred, const Regression& regression)
{
    RegressedTile tile(regression);
    TiledDenoiser tiled(tile, sizeOf(blurred),
                        {.tilePixels = regression.settings.tilePixels,
                         .overlapPixels = overlapPixels,
                         .multipleOf = alignment},
                        regression.token);
    return tiled.predict(blurred, diffusion::pureNoise).clean;
}

torch::Tensor coarseChange(const RestorationJob& job, const Rect& seen, int scale,
                           const Regression& regression)
{
    const Canvas canvas =
        canvasAround(seen, job.image.size(),
                     {.alignment = alignment * scale, .contextPixels = contextPixels * scale});
    const auto blurred = torch::avg_pool2d(toTensor(job.image, canvas.seen), scale);
    auto restored = regressed(blurred, regression);
    if (job.parameters.at("low_frequencies") != 0.0)
        restored = matchLowBand(restored, blurred, regression.settings.device);
    return narrowed(restored.sub_(blurred), canvas.resultInSeen(), scale).contiguous();
}

} // namespace

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
