// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/compact_denoiser.h"

#include "core/diffusion/timesteps.h"
#include "core/methods/deblurdiff_form.h"
#include "core/methods/finite.h"
#include "core/methods/halo_tiles.h"

namespace limpid::methods {

CompactTileDenoiser::CompactTileDenoiser(DeblurDiffNetworks& networks,
                                         const DeblurDiffCondition& condition, CancelToken token)
    : networks_(networks), condition_(condition), token_(std::move(token)),
      alphaBars_(formOf(networks.config()).alphaBars(networks.config()))
{}

diffusion::Prediction CompactTileDenoiser::predictTile(const torch::Tensor& xt,
                                                       const diffusion::NoiseLevel& level,
                                                       const Rect& tile)
{
    auto& step = networks_.step(token_);
    token_.throwIfRequested();
    const auto where = torch::device(networks_.device()).dtype(torch::kFloat32);
    const auto scalar = [&](double value) {
        return torch::full({1, 1, 1, 1}, value, where);
    };
    const networks::CompactLevel here{
        .alpha = scalar(level.alpha),
        .sigma = scalar(level.sigma),
        .t = torch::full({1}, diffusion::timestepOf(alphaBars_, level), where)};
    const auto blurred = narrowed(condition_.blurred, tile).to(networks_.device());
    const auto answer = step.predictClean(xt.to(where), here, blurred.to(networks_.stepType()),
                                          stepOptions(condition_, token_));
    return {.clean = finiteOnCpu(answer.clean, "the U-Net"),
            .kernel = finiteOnCpu(answer.kernelLatent, "the LKPN")};
}

} // namespace limpid::methods
