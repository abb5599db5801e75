// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/networks/deblurdiff_model.h"

namespace limpid::networks {

DeblurDiffAnswer StepNetworks::predict(const torch::Tensor& noisy, const torch::Tensor& t,
                                       const torch::Tensor& context, const torch::Tensor& blurred,
                                       const StepOptions& options)
{
    const auto between = [&] {
        if (options.between)
            options.between();
    };
    const auto& scales = options.controlScales;
    const auto kernelLatent = kpn(blurred, noisy, t, context);
    between();
    auto control = controlnet(noisy, torch::cat({blurred, kernelLatent}, 1), t, context);
    TORCH_CHECK(scales.size() < 2 || scales.size() >= control.size(), "want ", control.size(),
                " control scales, got ", scales.size());
    if (!scales.empty())
        for (std::size_t i = 0; i < control.size(); ++i)
            control[i] = control[i] * scales[scales.size() == 1 ? 0 : i];
    between();
    return {.eps = unet(noisy, t, context, control), .kernelLatent = kernelLatent};
}

CompactAnswer StepNetworks::predictClean(const torch::Tensor& noisy, const CompactLevel& level,
                                         const torch::Tensor& blurred, const StepOptions& options)
{
    const auto seen = level.alpha * noisy;
    const auto answer = predict(seen.to(blurred.scalar_type()), level.t, {}, blurred, options);
    return {.clean = seen + level.sigma * (level.sigma * answer.kernelLatent + answer.eps),
            .kernelLatent = answer.kernelLatent};
}

DeblurDiffModelImpl::DeblurDiffModelImpl(const DeblurDiffConfig& config)
    : unet(register_module("unet", Unet(config.unet))),
      kpn(register_module("kpn", Lkpn(lkpnConfig(config)))),
      vae(register_module("vae", AutoencoderKl(config.autoencoder, config.latentScale))),
      controlnet(register_module("controlnet", ControlNet(config.control, config.hintChannels))),
      config_(config)
{
    if (config.text)
        clip = register_module("clip", TextEncoder(*config.text));
}

void DeblurDiffModelImpl::setLatentScale(double scale)
{
    config_.latentScale = scale;
    vae->setLatentScale(scale);
}

DeblurDiffAnswer DeblurDiffModelImpl::predict(const torch::Tensor& noisy, const torch::Tensor& t,
                                              const torch::Tensor& context,
                                              const torch::Tensor& blurred,
                                              const std::vector<double>& controlScales)
{
    return StepNetworks{unet, kpn, controlnet}.predict(noisy, t, context, blurred,
                                                       {.controlScales = controlScales});
}

} // namespace limpid::networks
