// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/tiny_msg.h"

#include "core/base/sha256.h"
#include "core/networks/load_weights.h"

#include <fstream>
#include <stdexcept>
#include <torch/utils.h>

namespace limpid::tests {

networks::IcdpmUnetConfig tinyConfig()
{
    return {.channels = {8, 8},
            .encoderBlocks = 1,
            .middleBlocks = 1,
            .decoderBlocks = 1,
            .bands = 2,
            .embedding = 16,
            .guidanceChannels = 4,
            .guidanceScales = {2, 4}};
}

networks::MsgModel randomModel(const networks::IcdpmUnetConfig& config, std::uint64_t seed)
{
    constexpr double spread = 0.05;
    torch::manual_seed(seed);
    networks::MsgModel model(config);
    const torch::NoGradGuard noGrad;
    for (auto& parameter : model->parameters())
        parameter.add_(torch::randn_like(parameter) * spread);
    return model;
}

void installModel(const networks::MsgModel& model, const std::filesystem::path& folder)
{
    const auto path = folder / "msg.safetensors";
    const auto saved = networks::saveWeights(*model, path, checkpoint::DType::F32,
                                             networks::toMetadata(model->unet->config()));
    const auto sum = sha256OfFile(path);
    if (!saved || !sum)
        throw std::runtime_error("the model could not be saved");
    std::ofstream(folder / "catalog.json")
        << R"({"schema": 1, "models": [{"id": "tiny", "method": "msg", "architecture": "msg",)"
        << R"("file": "msg.safetensors", "license": "CC0-1.0", "bytes": )"
        << std::filesystem::file_size(path) << R"(, "sha256": ")" << *sum << "\"}]}\n";
}

} // namespace limpid::tests
