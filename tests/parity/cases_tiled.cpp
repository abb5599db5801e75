// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/halo_tiles.h"
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
        report.compare(golden, name, methods::gaussianWeights({width, height}));
    }
}

void checkPrediction(ParitySet& set, TensorFile& golden, ParityReport& report,
                     const std::string& row)
{
    const auto networks = referenceNetworks(set, set.controlScales());
    const auto rule = methods::latentRule(ruleOf(golden, row + "in."), networks.factor);
    const auto x = golden.at(row + "in.x");
    report.compare(golden, row + "windows",
                   asTensor(methods::slidingWindows(methods::sizeOf(x), *rule)));
    const auto blurred = golden.at(row + "in.c_img");
    const auto otherBlurred = inputOf(golden, row, "c_img_uncond");
    for (const auto& variant : guidanceVariants(golden, row)) {
        const methods::ReferencePredictor predictor(
            networks, {inputOf(golden, row, "c_txt"), blurred},
            {inputOf(golden, row, "c_txt_uncond"), otherBlurred.defined() ? otherBlurred : blurred},
            {.cfgScale = variant.scale, .tiles = rule}, {});
        const auto answer = predictor.predict(x, golden.at(row + "in.t").item<int>());
        report.compare(golden, variant.prefix + "out.eps", answer.eps);
        report.compare(golden, variant.prefix + "out.kpn", answer.kernelLatent);
    }
}

void checkCodec(ParitySet& set, TensorFile& golden, ParityReport& report, const std::string& row)
{
    const auto networks = referenceNetworks(set);
    const methods::ReferenceCodec codec(networks, ruleOf(golden, row + "in."), {});
    const auto latent = codec.mode(codec.moments(golden.at(row + "in.image")));
    const auto encoded = row + "out.encode_tiled_mode";
    report.compare(golden, encoded, latent);
    report.compare(golden, row + "out.decode_tiled",
                   codec.decode(golden.has(encoded) ? golden.at(encoded) : latent));
}

} // namespace

void checkTiled(ParitySet& set, ParityReport& report)
{
    auto& golden = set.tensors("golden/tiled.safetensors");
    checkWeights(golden, report);
    for (const auto& row : golden.rowsWith("in.tile_size_px")) {
        if (golden.has(row + "in.image"))
            checkCodec(set, golden, report, row);
        else
            checkPrediction(set, golden, report, row);
    }
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
