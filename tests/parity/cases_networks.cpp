// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/parity/parity_cases.h"

#include <array>
#include <cstdio>

namespace limpid::parity {

namespace {

std::string twoDigits(std::size_t value)
{
    std::array<char, 24> text{};
    std::snprintf(text.data(), text.size(), "%02zu", value);
    return text.data();
}

std::vector<torch::Tensor> listed(TensorFile& golden, const std::string& prefix)
{
    std::vector<torch::Tensor> tensors;
    for (const auto& name : golden.names(prefix))
        tensors.push_back(golden.at(name));
    return tensors;
}

void tapUnet(networks::Unet& unet, TensorFile& golden, ParityReport& report, const std::string& row)
{
    const auto prefix = row + "tap.";
    const auto embedding = unet->embed(golden.at(row + "in.t"));
    const auto context = golden.at(row + "in.c_txt");
    const auto control = listed(golden, row + "in.control.");
    const auto controlled = [&control](const torch::Tensor& x, std::size_t index) {
        return control.empty() ? x : x + control.at(index);
    };
    auto skips = unet->encode(golden.at(row + "in.x_noisy"), embedding, context);
    for (std::size_t i = 0; i < skips.size(); ++i)
        report.compare(golden, prefix + "input_blocks." + std::to_string(i), skips[i]);
    auto h = unet->middleBlock(skips.back(), embedding, context);
    report.compare(golden, prefix + "middle_block", h);
    h = controlled(h, skips.size());
    for (std::size_t i = 0; i < unet->outputBlocks.size(); ++i) {
        const auto last = skips.size() - 1 - i;
        h = torch::cat({h, controlled(skips[last], last)}, 1);
        h = unet->outputBlocks[i](h, embedding, context);
        report.compare(golden, prefix + "output_blocks." + std::to_string(i), h);
    }
}

/// One input at the timesteps that the names of the results end with.
void checkTimesteps(ParitySet& set, ParityReport& report, const std::string& row)
{
    auto& golden = set.tensors("golden/cldm.safetensors");
    const auto prefix = row + "out.eps.";
    for (const auto& name : golden.names(prefix)) {
        const auto step = name.substr(prefix.size());
        const auto t = torch::tensor({static_cast<std::int64_t>(std::stoll(step))});
        const auto answer =
            set.model()->predict(golden.at(row + "in.x_noisy"), t, golden.at(row + "in.c_txt"),
                                 golden.at(row + "in.c_img"), set.controlScales());
        report.compare(golden, name, answer.eps);
        report.compare(golden, row + "out.lr_kpn." + step, answer.kernelLatent);
    }
}

void checkCall(ParitySet& set, ParityReport& report, const std::string& row)
{
    auto& golden = set.tensors("golden/cldm.safetensors");
    const auto predict = [&](const std::vector<double>& controlScales) {
        return set.model()->predict(golden.at(row + "in.x_noisy"), golden.at(row + "in.t"),
                                    golden.at(row + "in.c_txt"), golden.at(row + "in.c_img"),
                                    controlScales);
    };
    const auto answer = predict(set.controlScales());
    report.compare(golden, row + "out.eps", answer.eps);
    report.compare(golden, row + "out.lr_kpn", answer.kernelLatent);
    const auto strength = row + "out.eps_strength_";
    for (const auto& name : golden.names(strength))
        report.compare(golden, name, predict({std::stod(name.substr(strength.size()))}).eps);
}

} // namespace

void checkLkpn(ParitySet& set, ParityReport& report)
{
    auto& golden = set.tensors("golden/lkpn.safetensors");
    auto& kpn = set.model()->kpn;
    for (const auto& row : golden.rowsWith("in.c_img")) {
        const auto blurred = golden.at(row + "in.c_img");
        const auto noisy = golden.at(row + "in.x_noisy");
        const auto t = golden.at(row + "in.t");
        const auto context = golden.at(row + "in.c_txt");
        const auto kernels = kpn->kernels(blurred, noisy, t, context);
        report.compare(golden, row + "out.kernel", kernels);
        report.compare(golden, row + "out.eac", kpn->deblurred(blurred, kernels) - blurred);
        report.compare(golden, row + "out.result", kpn(blurred, noisy, t, context));
    }
}

void checkControlNet(ParitySet& set, ParityReport& report)
{
    auto& golden = set.tensors("golden/controlnet.safetensors");
    for (const auto& row : golden.rowsWith("in.hint")) {
        const auto outputs =
            set.model()->controlnet(golden.at(row + "in.x_noisy"), golden.at(row + "in.hint"),
                                    golden.at(row + "in.t"), golden.at(row + "in.c_txt"));
        for (std::size_t i = 0; i < outputs.size(); ++i)
            report.compare(golden, row + "out." + twoDigits(i), outputs[i]);
    }
}

void checkUnet(ParitySet& set, ParityReport& report)
{
    auto& golden = set.tensors("golden/unet.safetensors");
    auto& unet = set.model()->unet;
    for (const auto& row : golden.rowsWith("in.x_noisy")) {
        const auto x = golden.at(row + "in.x_noisy");
        const auto t = golden.at(row + "in.t");
        const auto context = golden.at(row + "in.c_txt");
        const auto control = listed(golden, row + "in.control.");
        report.compare(golden, row + "out.eps", unet(x, t, context, control));
        report.compare(golden, row + "out.eps_no_control", unet(x, t, context));
        if (!control.empty())
            report.compare(golden, row + "out.eps_only_mid_control",
                           unet(x, t, context, std::vector<torch::Tensor>{control.back()}));
        if (!golden.names(row + "tap.").empty())
            tapUnet(unet, golden, report, row);
    }
}

void checkCldm(ParitySet& set, ParityReport& report)
{
    auto& golden = set.tensors("golden/cldm.safetensors");
    for (const auto& row : golden.rowsWith("in.x_noisy")) {
        if (golden.has(row + "in.t"))
            checkCall(set, report, row);
        else
            checkTimesteps(set, report, row);
    }
}

} // namespace limpid::parity
