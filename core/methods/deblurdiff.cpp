// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/deblurdiff.h"

#include "core/diffusion/random.h"
#include "core/diffusion/timesteps.h"
#include "core/methods/deblurdiff_prompts.h"
#include "core/methods/deblurdiff_published.h"
#include "core/methods/deblurdiff_run.h"
#include "core/methods/latent_codec.h"

namespace limpid::methods {

DeblurDiff::DeblurDiff(std::shared_ptr<DeblurDiffNetworks> networks)
    : networks_(std::move(networks))
{}

void DeblurDiff::moveTo(const torch::Device& device)
{
    networks_->place(device, networks_->stepType() == torch::kBFloat16);
}

region::Patch DeblurDiff::restore(const RestorationJob& job, engine::JobContext& context,
                                  const RunSettings& settings)
{
    const torch::NoGradGuard noGrad;
    networks_->place(settings.device, settings.bf16);
    if (job.parameters.at("reference") != 0.0)
        return restoreAsPublished(*networks_, job, context);
    DeblurDiffRun run(networks_, job, context, settings);
    context.stage(engine::Stage::Preparing);
    run.prepare();
    context.stage(engine::Stage::LoadingModel);
    networks_->step(context.token());
    context.stage(engine::Stage::Sampling);
    const auto latent = run.sample();
    context.stage(engine::Stage::Finishing);
    return run.finish(latent);
}

torch::Tensor DeblurDiff::regress(const torch::Tensor& blurred, const RunSettings& settings)
{
    const torch::NoGradGuard noGrad;
    if (networks_->isLarge())
        return {};
    networks_->place(settings.device, settings.bf16);
    LatentCodec codec(networks_->autoencoder({}), settings.device, settings.tilePixels);
    DeblurDiffCondition condition = promptCondition(*networks_, {}, {});
    condition.blurred = codec.encode(blurred * 0.5 + 0.5, {});
    const auto clean = codec.encode(blurred, {});
    const Rect cells{0, 0, static_cast<int>(clean.size(3)), static_cast<int>(clean.size(2))};
    const auto& config = networks_->config();
    const int middle = static_cast<int>(config.timesteps / 2);
    const auto level = diffusion::levelsAt(alphaBarsOf(config), {middle}).front();
    const auto noise =
        diffusion::positionNoise({.seed = 7}, cells, static_cast<int>(clean.size(1)));
    DeblurDiffTileDenoiser network(*networks_, condition, {});
    const auto answer = network.predictTile(diffusion::noised(clean, noise, level), level, cells);
    return codec.decode(answer.clean, {});
}

} // namespace limpid::methods
