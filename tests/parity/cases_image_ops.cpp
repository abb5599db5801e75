// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/prediction.h"
#include "core/methods/adain.h"
#include "core/methods/byte_picture.h"
#include "core/methods/wavelet.h"
#include "tests/parity/parity_cases.h"

namespace limpid::parity {

namespace {

/// "wavelet.0" of "wavelet.0.in" for every tensor under the prefix.
std::vector<std::string> rowsOf(const TensorFile& golden, const std::string& prefix,
                                const std::string& suffix)
{
    std::vector<std::string> rows;
    for (const auto& name : golden.names(prefix))
        if (name.ends_with(suffix))
            rows.push_back(name.substr(0, name.size() - suffix.size()));
    return rows;
}

void checkWavelet(TensorFile& golden, ParityReport& report)
{
    for (const auto& row : rowsOf(golden, "wavelet.", ".in")) {
        const auto bands = methods::waveletBands(golden.at(row + ".in"));
        report.compare(golden, row + ".out.high", bands.high);
        report.compare(golden, row + ".out.low", bands.low);
    }
    const std::string blur = "wavelet_blur.radius";
    for (const auto& row : rowsOf(golden, blur, ".out"))
        report.compare(
            golden, row + ".out",
            methods::waveletBlurred(golden.at("wavelet.1.in"), std::stoi(row.substr(blur.size()))));
    const std::string rebuilt = "wavelet_reconstruction.";
    report.compare(golden, rebuilt + "out",
                   methods::waveletBands(golden.at(rebuilt + "in.content")).high +
                       methods::waveletBands(golden.at(rebuilt + "in.style")).low);
}

void checkBytes(TensorFile& golden, ParityReport& report)
{
    const auto bytes = golden.at("u8_to_float.in").to(torch::kUInt8).view({1, -1, 1});
    report.compare(golden, "u8_to_float.out", methods::pictureFromBytes(bytes).flatten());
    const auto values = golden.at("float_to_u8.in").view({1, 1, 1, -1});
    report.compare(golden, "float_to_u8.out", methods::truncatedToBytes(values).flatten());
}

void checkNoised(ParitySet& set, TensorFile& golden, ParityReport& report)
{
    const auto& config = set.config();
    const auto alphaBars = diffusion::scaledLinearAlphaBars(config.firstBeta, config.lastBeta,
                                                            static_cast<int>(config.timesteps));
    const auto clean = golden.at("q_sample.in.x0");
    const auto noise = golden.at("q_sample.in.noise");
    const auto timesteps = golden.at("q_sample.in.t");
    std::vector<torch::Tensor> rows;
    for (std::int64_t i = 0; i < timesteps.numel(); ++i) {
        const auto t = static_cast<std::size_t>(timesteps[i].item<std::int64_t>());
        rows.push_back(
            diffusion::noised(clean[i], noise[i], diffusion::fromAlphaBar(alphaBars.at(t))));
    }
    report.compare(golden, "q_sample.out", torch::stack(rows));
}

} // namespace

void checkImageOperations(ParitySet& set, ParityReport& report)
{
    auto& golden = set.tensors("golden/image_ops.safetensors");
    checkWavelet(golden, report);
    for (const auto& row : rowsOf(golden, "adain.", ".in.content"))
        report.compare(
            golden, row + ".out",
            methods::withColorsOf(golden.at(row + ".in.content"), golden.at(row + ".in.style")));
    for (const auto& row : rowsOf(golden, "pad", ".in"))
        report.compare(golden, row + ".out",
                       methods::zeroPadded(golden.at(row + ".in"), std::stoi(row.substr(3))));
    checkBytes(golden, report);
    checkNoised(set, golden, report);
}

} // namespace limpid::parity
