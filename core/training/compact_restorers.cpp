// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/compact_restorers.h"

#include "core/nn/autocast.h"
#include "core/training/compact_levels.h"

namespace limpid::training {

namespace {

networks::CompactLevel pureNoiseFor(networks::DeblurDiffModel& model, const torch::Tensor& latent)
{
    return onDevice(CompactLevels(model->config()).pureNoise(latent.size(0)), latent.device());
}

torch::Tensor predicted(networks::DeblurDiffModel& model, const torch::Tensor& noisy,
                        const networks::CompactLevel& level, const torch::Tensor& blurred)
{
    return networks::StepNetworks{model->unet, model->kpn, model->controlnet}
        .predictClean(noisy, level, blurred)
        .clean;
}

torch::Tensor restored(networks::DeblurDiffModel& model, const torch::Tensor& blurred,
                       bool kernelsOnly)
{
    const nn::Bf16Autocast autocast(blurred.device().type(), true);
    const auto picture = blurred.contiguous(at::MemoryFormat::ChannelsLast);
    const auto latent = model->vae->encodeMode(picture);
    const auto answer = kernelsOnly ? model->kpn(latent, torch::zeros_like(latent),
                                                 pureNoiseFor(model, latent).t, torch::Tensor())
                                    : oneStepLatent(model, latent);
    return model->vae->decodeOnto(answer, picture, model->vae->skipsOf(picture));
}

} // namespace

torch::Tensor oneStepLatent(networks::DeblurDiffModel& model, const torch::Tensor& blurred)
{
    return predicted(model, torch::zeros_like(blurred), pureNoiseFor(model, blurred), blurred);
}

torch::Tensor secondStepLatent(networks::DeblurDiffModel& model, const torch::Tensor& blurred,
                               const torch::Tensor& clean, const torch::Tensor& noise)
{
    const auto level =
        onDevice(CompactLevels(model->config()).secondStep(clean.size(0)), clean.device());
    return predicted(model, level.alpha * clean + level.sigma * noise, level, blurred);
}

Restorer kernelImage(networks::DeblurDiffModel model)
{
    return [model](const torch::Tensor& blurred) mutable {
        return restored(model, blurred, true);
    };
}

Restorer oneStep(networks::DeblurDiffModel model)
{
    return [model](const torch::Tensor& blurred) mutable {
        return restored(model, blurred, false);
    };
}

} // namespace limpid::training
