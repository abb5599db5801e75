// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/reference_codec.h"
#include "core/methods/reference_predictor.h"
#include "tests/parity/parity_cases.h"
#include "tests/parity/reference_model.h"

namespace limpid::parity {

namespace {

torch::Tensor asTensor(const std::vector<Rect>& windows)
{
    std::vector<std::int64_t> corners;
    for (const Rect& window : windows)
        corners.insert(corners.end(), {window.y, window.bottom(), window.x, window.right()});
    return torch::tensor(corners, torch::kInt64).view({-1, 4});
}

methods::WindowRule ruleOf(TensorFile& golden, const std::string& prefix)
{
    return {.tile = golden.at(prefix + "tile_size_px").item<int>(),
            .stride = golden.at(prefix + "tile_stride_px").item<int>()};
}

void checkWeights(TensorFile& golden, ParityReport& report)
{
    const std::string prefix = "gaussian_weights.width";
    for (const auto& name : golden.names(prefix)) {
        const auto extents = name.substr(prefix.size());
        const int width = std::stoi(extents);
        const int height = std::stoi(extents.substr(extents.find("height") + 6));
        report.compare(golden, name, methods::gaussianWeights({width, height}), 0.0);
    }
}

void checkPrediction(ParitySet& set, TensorFile& golden, ParityReport& report, double cfgScale)
{
    const auto networks = referenceNetworks(set);
    const auto rule = methods::latentRule(ruleOf(golden, "in."), networks.factor);
    const methods::ReferencePredictor predictor(
        networks, {golden.at("in.c_txt"), golden.at("in.c_img")},
        {golden.at("in.c_txt_uncond"), golden.at("in.c_img")},
        {.cfgScale = cfgScale, .tiles = rule}, {});
    const auto answer = predictor.predict(golden.at("in.x"), golden.at("in.t").item<int>());
    const std::string prefix = cfgScale == 1.0 ? "out." : "cfg2.5.out.";
    report.compare(golden, prefix + "eps", answer.eps);
    report.compare(golden, prefix + "kpn", answer.kernelLatent);
}

} // namespace

void checkTiled(ParitySet& set, ParityReport& report)
{
    auto& golden = set.tensors("golden/tiled.safetensors");
    const auto networks = referenceNetworks(set);
    const auto rule = methods::latentRule(ruleOf(golden, "in."), networks.factor);
    report.compare(golden, "windows",
                   asTensor(methods::slidingWindows(methods::sizeOf(golden.at("in.x")), *rule)));
    checkWeights(golden, report);
    checkPrediction(set, golden, report, 1.0);
    checkPrediction(set, golden, report, 2.5);

    const methods::ReferenceCodec codec(networks, ruleOf(golden, "vae.in."), {});
    const auto latent = codec.mode(codec.moments(golden.at("vae.in.image")));
    report.compare(golden, "vae.out.encode_tiled_mode", latent);
    report.compare(golden, "vae.out.decode_tiled",
                   codec.decode(golden.at("vae.out.encode_tiled_mode")));
}

void checkSlidingWindows(ParitySet& set, ParityReport& report)
{
    for (const auto& row : set.json("golden/sliding_windows.json")) {
        const Size area{row.at("w").get<int>(), row.at("h").get<int>()};
        const methods::WindowRule rule{.tile = row.at("tile_size").get<int>(),
                                       .stride = row.at("tile_stride").get<int>()};
        const auto windows = asTensor(methods::slidingWindows(area, rule));
        std::vector<std::int64_t> wanted;
        for (const auto& window : row.at("windows"))
            for (const auto& corner : window)
                wanted.push_back(corner.get<std::int64_t>());
        report.compare(std::to_string(area.width) + " x " + std::to_string(area.height), windows,
                       torch::tensor(wanted, torch::kInt64).view({-1, 4}));
    }
}

} // namespace limpid::parity
