// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/tiny_deblurdiff.h"

#include "core/base/sha256.h"
#include "core/networks/deblurdiff_metadata.h"
#include "core/networks/deblurdiff_model.h"
#include "core/networks/load_weights.h"

#include <fstream>
#include <stdexcept>
#include <torch/utils.h>

namespace limpid::tests {

networks::DeblurDiffConfig tinyDeblurDiff()
{
    const networks::UnetConfig unet{.modelChannels = 32,
                                    .channelMultipliers = {1, 1},
                                    .attentionFactors = {1, 2},
                                    .residualBlocks = 1,
                                    .headChannels = 16,
                                    .contextChannels = 32,
                                    .windowSide = 16};
    networks::DeblurDiffConfig config;
    config.unet = config.kernel = config.control = unet;
    config.kernel.inChannels = 8;
    config.kernel.outChannels = 100;
    config.control.windowFollowsLevel = false;
    config.autoencoder = {.channels = 32, .multipliers = {1, 1, 1}, .residualBlocks = 1};
    config.text =
        networks::TextEncoderConfig{.width = 32, .heads = 2, .layers = 2, .projection = 32};
    return config;
}

void installDeblurDiff(const networks::DeblurDiffConfig& config,
                       const std::filesystem::path& folder, std::uint64_t seed)
{
    constexpr double spread = 0.05;
    torch::manual_seed(seed);
    const auto model =
        networks::makeUninitialized<networks::DeblurDiffModel>(torch::kFloat32, config);
    const torch::NoGradGuard noGrad;
    for (const auto& item : model->named_parameters()) {
        auto values = item.value();
        // Weights of norms are factors, so they lie around one.
        values.copy_(torch::randn_like(values) * spread + (values.dim() == 1 ? 0.5 : 0.0));
    }
    const auto path = folder / "deblurdiff.safetensors";
    const auto saved =
        networks::saveWeights(*model, path, checkpoint::DType::F32, networks::toMetadata(config));
    const auto sum = sha256OfFile(path);
    if (!saved || !sum)
        throw std::runtime_error("the model could not be saved");
    std::ofstream(folder / "catalog.json")
        << R"({"schema": 1, "models": [{"id": "tiny", "method": "deblurdiff",)"
        << R"("architecture": "deblurdiff", "file": "deblurdiff.safetensors",)"
        << R"("license": "CC0-1.0", "bytes": )" << std::filesystem::file_size(path)
        << R"(, "sha256": ")" << *sum << "\"}]}\n";
}

} // namespace limpid::tests
