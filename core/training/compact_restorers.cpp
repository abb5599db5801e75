// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/compact_restorers.h"

#include "core/training/compact_levels.h"
#include "core/training/mixed_precision.h"

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
    const auto autocast = mixedPrecision(blurred.device());
    const auto picture = blurred.contiguous(at::MemoryFormat::ChannelsLast);
    const auto latent = model->vae->encodeMode(picture);
    const auto answer = kernelsOnly ? kernelLatent(model, latent) : oneStepLatent(model, latent);
    return model->vae->decodeOnto(answer, picture, model->vae->skipsOf(picture));
}

} // namespace

torch::Tensor kernelLatent(networks::DeblurDiffModel& model, const torch::Tensor& blurred)
{
    return model->kpn(blurred, torch::zeros_like(blurred), pureNoiseFor(model, blurred).t,
                      torch::Tensor());
}

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
