// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/timestep_embedding.h"
#include "tests/parity/parity_cases.h"

namespace limpid::parity {

void checkEmbedding(ParitySet& set, ParityReport& report)
{
    const std::string prefix = "timestep_embedding.dim";
    auto& golden = set.tensors("golden/embedding.safetensors");
    const auto timesteps = golden.at("timesteps");
    for (const auto& name : golden.names(prefix))
        report.compare(golden, name,
                       nn::sinusoidalEmbedding(timesteps, std::stoll(name.substr(prefix.size()))));
    auto& model = set.model();
    report.compare(golden, "time_embed.unet", model->unet->embed(timesteps));
    report.compare(golden, "time_embed.kpn", model->kpn->unet->embed(timesteps));
    if (golden.has("time_embed.controlnet"))
        report.compare(golden, "time_embed.controlnet", model->controlnet->embed(timesteps));
}

} // namespace limpid::parity
