// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/deblurdiff.h"

#include "core/methods/deblurdiff_regression.h"
#include "core/methods/deblurdiff_run.h"

#include <torch/utils.h>

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
    if (networks_->isLarge())
        return {};
    networks_->place(settings.device, settings.bf16);
    return regressedBy(*networks_, blurred, DeblurDiffAnswer::Clean, settings);
}

} // namespace limpid::methods
