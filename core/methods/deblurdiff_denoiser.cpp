// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/deblurdiff_denoiser.h"

#include "core/diffusion/timesteps.h"
#include "core/methods/finite.h"
#include "core/methods/halo_tiles.h"

namespace limpid::methods {

std::vector<double> alphaBarsOf(const networks::DeblurDiffConfig& config)
{
    return diffusion::scaledLinearAlphaBars(config.firstBeta, config.lastBeta,
                                            static_cast<int>(config.timesteps));
}

networks::StepOptions stepOptions(const DeblurDiffCondition& condition, const CancelToken& token)
{
    networks::StepOptions options{.between = [token] {
        token.throwIfRequested();
    }};
    if (condition.control != 1.0)
        options.controlScales = {condition.control};
    return options;
}

DeblurDiffTileDenoiser::DeblurDiffTileDenoiser(DeblurDiffNetworks& networks,
                                               const DeblurDiffCondition& condition,
                                               CancelToken token)
    : networks_(networks), condition_(condition), token_(std::move(token)),
      alphaBars_(alphaBarsOf(networks.config()))
{}

networks::DeblurDiffAnswer DeblurDiffTileDenoiser::answer(const torch::Tensor& noisy,
                                                          const torch::Tensor& t,
                                                          const torch::Tensor& blurred,
                                                          const torch::Tensor& context)
{
    auto& step = networks_.step(token_);
    token_.throwIfRequested();
    return step.predict(noisy, t, context, blurred, stepOptions(condition_, token_));
}

diffusion::Prediction DeblurDiffTileDenoiser::predictTile(const torch::Tensor& xt,
                                                          const diffusion::NoiseLevel& level,
                                                          const Rect& tile)
{
    const auto where = torch::device(networks_.device()).dtype(networks_.stepType());
    const auto noisy = xt.to(where);
    const auto blurred = narrowed(condition_.blurred, tile).to(where);
    // fp32: bf16 could not tell neighbouring timesteps apart.
    const auto t = torch::full({1}, diffusion::timestepOf(alphaBars_, level),
                               torch::device(networks_.device()).dtype(torch::kFloat32));
    constexpr const char* unet = "the U-Net";
    const auto wanted = answer(noisy, t, blurred, condition_.context);
    auto eps = finiteOnCpu(wanted.eps, unet);
    if (condition_.textGuidance != 1.0) {
        const auto unwanted =
            finiteOnCpu(answer(noisy, t, blurred, condition_.negativeContext).eps, unet);
        eps = unwanted + (eps - unwanted) * condition_.textGuidance;
    }
    return {.clean = diffusion::cleanFromNoise(xt, eps, level),
            .kernel = finiteOnCpu(wanted.kernelLatent, "the LKPN")};
}

} // namespace limpid::methods
