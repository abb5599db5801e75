// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/deblurdiff.h"

#include "core/diffusion/random.h"
#include "core/methods/deblurdiff_form.h"
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
        return formOf(networks_->config()).restoreAsPublished(*networks_, job, context);
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
    const auto& config = networks_->config();
    const DeblurDiffForm& form = formOf(config);
    LatentCodec codec(networks_->autoencoder({}), settings.device, settings.tilePixels);
    auto condition = form.condition(*networks_, {}, {});
    condition.blurred = codec.encode(form.shownToNetworks(blurred), {});
    const auto clean = codec.encode(blurred, {});
    const Rect cells{0, 0, static_cast<int>(clean.size(3)), static_cast<int>(clean.size(2))};
    const auto level = form.telling(config);
    const auto noise =
        diffusion::positionNoise({.seed = 7}, cells, static_cast<int>(clean.size(1)));
    const auto network = form.denoiser(*networks_, condition, {});
    const auto answer = network->predictTile(diffusion::noised(clean, noise, level), level, cells);
    return codec.decode(answer.clean, blurred, {});
}

} // namespace limpid::methods
