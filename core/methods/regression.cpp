// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/regression.h"

#include "core/methods/color_fix.h"
#include "core/methods/finite.h"
#include "core/methods/halo_tiles.h"
#include "core/methods/tiled_denoiser.h"

namespace limpid::methods {

namespace {

/// Answers for a tile with what one step makes of it.
class RegressedTile : public TileDenoiser {
public:
    explicit RegressedTile(const Regression& regression) : regression_(regression) {}

    diffusion::Prediction predictTile(const torch::Tensor& picture,
                                      const diffusion::NoiseLevel& /*level*/,
                                      const Rect& /*tile*/) override
    {
        return {.clean = finiteOnCpu(regression_.answer(picture), "one step"), .kernel = {}};
    }

private:
    const Regression& regression_;
};

torch::Tensor regressed(const torch::Tensor& picture, const Regression& regression)
{
    RegressedTile tile(regression);
    TiledDenoiser tiled(tile, sizeOf(picture),
                        {.tilePixels = regression.settings.tilePixels,
                         .overlapPixels = Regression::contextPixels,
                         .multipleOf = Regression::alignment},
                        regression.token, regression.worked);
    return tiled.predict(picture, diffusion::pureNoise).clean;
}

} // namespace

torch::Tensor changeByOneStep(const torch::Tensor& start, const torch::Tensor& photo,
                              const RestorationJob& job, const Regression& regression)
{
    auto restored = regressed(start, regression);
    if (job.parameters.at("low_frequencies") != 0.0)
        restored = matchLowBand(restored, photo, regression.settings.device, regression.token);
    return restored.sub_(photo);
}

} // namespace limpid::methods
