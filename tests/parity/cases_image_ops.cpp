// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/result.h"
#include "core/diffusion/prediction.h"
#include "core/methods/adain.h"
#include "core/methods/byte_picture.h"
#include "core/methods/wavelet.h"
#include "tests/parity/parity_cases.h"
#include "tests/parity/reference_model.h"

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

/// Blurs are of the second wavelet input, or of the first one of their shape.
torch::Tensor blurInput(TensorFile& golden, const torch::Tensor& blurred)
{
    std::vector<std::string> names{"wavelet.1.in"};
    for (const auto& row : rowsOf(golden, "wavelet.", ".in"))
        names.push_back(row + ".in");
    for (const auto& name : names)
        if (golden.has(name) && golden.at(name).sizes() == blurred.sizes())
            return golden.at(name);
    throw Failure({ErrorCode::ModelDamaged, "no input for the wavelet blurs", {}});
}

void checkWavelet(TensorFile& golden, ParityReport& report)
{
    for (const auto& row : rowsOf(golden, "wavelet.", ".in")) {
        const auto bands = methods::waveletBands(golden.at(row + ".in"));
        report.compare(golden, row + ".out.high", bands.high);
        report.compare(golden, row + ".out.low", bands.low);
    }
    const std::string blur = "wavelet_blur.radius";
    for (const auto& row : rowsOf(golden, blur, ".out")) {
        const auto x = blurInput(golden, golden.at(row + ".out"));
        report.compare(golden, row + ".out",
                       methods::waveletBlurred(x, std::stoi(row.substr(blur.size()))));
    }
    for (const auto& row : rowsOf(golden, "wavelet_reconstruction.", "in.content"))
        report.compare(golden, row + "out",
                       methods::waveletBands(golden.at(row + "in.content")).high +
                           methods::waveletBands(golden.at(row + "in.style")).low);
}

void checkBytes(TensorFile& golden, ParityReport& report)
{
    for (const auto& row : rowsOf(golden, "u8_to_float.", "in")) {
        const auto bytes = golden.at(row + "in").to(torch::kUInt8).view({1, -1, 1});
        report.compare(golden, row + "out", methods::pictureFromBytes(bytes).flatten());
    }
    for (const auto& row : rowsOf(golden, "float_to_u8.", "in")) {
        const auto values = golden.at(row + "in").view({1, 1, 1, -1});
        report.compare(golden, row + "out", methods::truncatedToBytes(values).flatten());
    }
}

void checkNoised(ParitySet& set, TensorFile& golden, ParityReport& report)
{
    const auto alphaBars = alphaBarsOf(set);
    for (const auto& row : golden.rowsWith("in.x0")) {
        const auto clean = golden.at(row + "in.x0");
        const auto noise = golden.at(row + "in.noise");
        const auto timesteps = golden.at(row + "in.t");
        std::vector<torch::Tensor> noised;
        for (std::int64_t i = 0; i < timesteps.numel(); ++i) {
            const auto t = static_cast<std::size_t>(timesteps[i].item<std::int64_t>());
            noised.push_back(
                diffusion::noised(clean[i], noise[i], diffusion::fromAlphaBar(alphaBars.at(t))));
        }
        report.compare(golden, row + "out", torch::stack(noised));
    }
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
