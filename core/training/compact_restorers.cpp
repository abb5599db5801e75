// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/compact_restorers.h"

#include "core/nn/autocast.h"
#include "core/training/compact_levels.h"

namespace limpid::training {

namespace {

torch::Tensor restored(networks::DeblurDiffModel& model, const torch::Tensor& blurred,
                       bool kernelsOnly)
{
    const nn::Bf16Autocast autocast(blurred.device().type(), true);
    const auto picture = blurred.contiguous(at::MemoryFormat::ChannelsLast);
    const auto level =
        onDevice(CompactLevels(model->config()).pureNoise(picture.size(0)), picture.device());
    const auto latent = model->vae->encodeMode(picture);
    const auto noise = torch::zeros_like(latent);
    torch::Tensor answer;
    if (kernelsOnly)
        answer = model->kpn(latent, noise, level.t, torch::Tensor());
    else
        answer = networks::StepNetworks{model->unet, model->kpn, model->controlnet}
                     .predictClean(noise, level, latent)
                     .clean;
    return model->vae->decodeOnto(answer, picture, model->vae->skipsOf(picture));
}

} // namespace

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
