// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/parity/reference_model.h"

#include "core/diffusion/noise_schedule.h"

namespace limpid::parity {

methods::ReferenceNetworks referenceNetworks(ParitySet& set,
                                             const std::vector<double>& controlScales)
{
    auto model = set.model();
    return {
        .moments =
            [model](const torch::Tensor& picture) mutable { return model->vae->moments(picture); },
        .decode =
            [model](const torch::Tensor& latent) mutable { return model->vae->decode(latent); },
        .predict =
            [model, controlScales](const torch::Tensor& noisy, const torch::Tensor& t,
                                   const torch::Tensor& context, const torch::Tensor& blurred,
                                   const std::vector<double>& asked) mutable {
                return model->predict(noisy, t, context, blurred,
                                      controlScales.empty() ? asked : controlScales);
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

std::vector<GuidanceVariant> guidanceVariants(const TensorFile& golden, const std::string& row)
{
    std::vector<GuidanceVariant> variants{{row, 1.0}};
    const auto marker = row + "cfg";
    for (const auto& name : golden.names(marker)) {
        std::size_t length = 0;
        const double scale = std::stod(name.substr(marker.size()), &length);
        const auto number = name.substr(marker.size(), length);
        const auto prefix = marker + number + (number.ends_with('.') ? "" : ".");
        if (prefix != variants.back().prefix)
            variants.push_back({prefix, scale});
    }
    return variants;
}

torch::Tensor inputOf(TensorFile& golden, const std::string& row, const std::string& name)
{
    for (const auto& full : {row + "in." + name, "in." + name})
        if (golden.has(full))
            return golden.at(full);
    return {};
}

std::string stepPrefix(int index)
{
    return (index < 10 ? "step0" : "step") + std::to_string(index) + ".";
}

} // namespace limpid::parity
