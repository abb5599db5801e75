// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/parity/reference_model.h"

#include "core/diffusion/noise_schedule.h"

namespace limpid::parity {

methods::ReferenceNetworks referenceNetworks(ParitySet& set)
{
    auto model = set.model();
    return {
        .moments =
            [model](const torch::Tensor& picture) mutable { return model->vae->moments(picture); },
        .decode =
            [model](const torch::Tensor& latent) mutable { return model->vae->decode(latent); },
        .predict =
            [model](const torch::Tensor& noisy, const torch::Tensor& t,
                    const torch::Tensor& context, const torch::Tensor& blurred,
                    const std::vector<double>& controlScales) mutable {
                return model->predict(noisy, t, context, blurred, controlScales);
            },
        .factor = static_cast<int>(model->vae->factor()),
        .latentScale = model->vae->latentScale()};
}

std::vector<double> alphaBarsOf(const ParitySet& set)
{
    const auto& config = set.config();
    return diffusion::scaledLinearAlphaBars(config.firstBeta, config.lastBeta,
                                            static_cast<int>(config.timesteps));
}

std::string stepPrefix(int index)
{
    return (index < 10 ? "step0" : "step") + std::to_string(index) + ".";
}

} // namespace limpid::parity
