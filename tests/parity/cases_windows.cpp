// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/spatial_transformer.h"
#include "tests/parity/parity_cases.h"

#include <algorithm>

namespace limpid::parity {

namespace {

using Origins = std::vector<std::pair<std::int64_t, std::int64_t>>;

} // namespace

void checkWindowOrigins(ParitySet& set, ParityReport& report)
{
    for (const auto& row : set.json("golden/attention_window_origins.json")) {
        const nn::WindowSize map{row.at("h"), row.at("w")};
        const auto side = row.at("kernel").get<std::int64_t>();
        const auto windows = nn::attentionWindows(map, {side, side});
        const auto size = row.at("window").get<std::pair<std::int64_t, std::int64_t>>();
        const bool equal = windows.origins == row.at("origins").get<Origins>() &&
                           std::pair(windows.size.height, windows.size.width) == size;
        report.require(std::to_string(map.height) + "x" + std::to_string(map.width) + " by " +
                           std::to_string(side),
                       equal, std::to_string(windows.origins.size()) + " windows");
    }
}

void checkNetworkWindows(ParitySet& set, ParityReport& report)
{
    for (const auto& [run, transformers] : set.json("golden/attention_windows.json").items()) {
        for (const auto& [path, row] : transformers.items()) {
            const auto map = row.at("feature_size").get<std::pair<std::int64_t, std::int64_t>>();
            const auto& transformer = set.module<nn::SpatialTransformerImpl>(path);
            const auto windows = transformer.windowsOf({map.first, map.second});
            const auto side = row.at("kernel_size").get<std::pair<std::int64_t, std::int64_t>>();
            const bool equal = windows.origins == row.at("origins").get<Origins>() &&
                               windows.size.height == std::min(side.first, map.first) &&
                               windows.size.width == std::min(side.second, map.second);
            report.require(run + " " + path, equal,
                           std::to_string(windows.origins.size()) + " windows");
        }
    }
}

void checkCldmWindowed(ParitySet& set, ParityReport& report)
{
    auto& golden = set.tensors("golden/cldm_windowed.safetensors");
    for (const auto& row : golden.rowsWith("in.x_noisy")) {
        const auto answer = set.model()->predict(
            golden.at(row + "in.x_noisy"), golden.at(row + "in.t"), golden.at(row + "in.c_txt"),
            golden.at(row + "in.c_img"), set.controlScales());
        report.compare(golden, row + "out.eps", answer.eps);
        report.compare(golden, row + "out.lr_kpn", answer.kernelLatent);
        if (!golden.has(row + "out.eps_if_global_attention"))
            continue;
        const auto global = golden.at(row + "out.eps_if_global_attention");
        const auto distance = (answer.eps - global).abs().max().item<double>();
        report.require(row + "attention is not global", distance > layerLimit,
                       std::to_string(distance));
    }
}

} // namespace limpid::parity
