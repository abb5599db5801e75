// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/reference_sampling.h"
#include "tests/parity/parity_cases.h"
#include "tests/parity/reference_model.h"

namespace limpid::parity {

namespace {

void compareStep(TensorFile& golden, ParityReport& report, const std::string& prefix,
                 const methods::ReferenceStep& step)
{
    const auto name = prefix + stepPrefix(step.index);
    report.compare(golden, name + "t", torch::full({1}, step.timestep, torch::kInt64));
    report.compare(golden, name + "eps", step.eps, pipelineLimit);
    report.compare(golden, name + "pred_x0", step.clean, pipelineLimit);
    report.compare(golden, name + "x_out", step.state, pipelineLimit);
    report.compare(golden, name + "kpn", step.kernelLatent, pipelineLimit);
}

void checkTenSteps(ParitySet& set, TensorFile& golden, ParityReport& report, double cfgScale)
{
    const std::string prefix = cfgScale == 1.0 ? "" : "cfg2.5.";
    const auto networks = referenceNetworks(set);
    const methods::ReferencePredictor predictor(
        networks, {golden.at("in.c_txt"), golden.at("in.c_img")},
        {golden.at("in.c_txt_uncond"), golden.at("in.c_img")}, {.cfgScale = cfgScale}, {});
    const auto noises = golden.names("in.noise.");
    for (const auto& name : noises)
        golden.at(name); // the last one is drawn, but multiplied by zero
    const auto end = methods::sampleReference(
        predictor, golden.at("in.x_T"),
        {.alphaBars = alphaBarsOf(set),
         .steps = static_cast<int>(noises.size()),
         .noise = [&](int step) { return golden.at(noises.at(static_cast<std::size_t>(step))); },
         .stepDone =
             [&](const methods::ReferenceStep& step) {
                 compareStep(golden, report, prefix, step);
             }});
    report.compare(golden, prefix + "out", end, pipelineLimit);
}

void checkLong(ParitySet& set, TensorFile& golden, ParityReport& report)
{
    const auto networks = referenceNetworks(set);
    const auto text = golden.at("in.c_txt");
    const methods::ReferencePredictor predictor(networks, {text, golden.at("long.in.c_img")}, {},
                                                {}, {});
    const auto noise = golden.at("long.in.noise");
    std::vector<std::int64_t> timesteps;
    std::vector<torch::Tensor> states;
    torch::Tensor kernelLatent;
    methods::sampleReference(predictor, golden.at("long.in.x_T"),
                             {.alphaBars = alphaBarsOf(set),
                              .steps = static_cast<int>(noise.size(0)),
                              .noise = [&](int step) { return noise[step].unsqueeze(0); },
                              .stepDone =
                                  [&](const methods::ReferenceStep& step) {
                                      timesteps.push_back(step.timestep);
                                      states.push_back(step.state);
                                      kernelLatent = step.kernelLatent;
                                  }});
    report.compare(golden, "long.t", torch::tensor(timesteps, torch::kInt64));
    report.compare(golden, "long.x_out", torch::cat(states), pipelineLimit);
    report.compare(golden, "long.kpn_last", kernelLatent, pipelineLimit);
}

} // namespace

void checkSampling(ParitySet& set, ParityReport& report)
{
    auto& golden = set.tensors("golden/sampling.safetensors");
    checkTenSteps(set, golden, report, 1.0);
    checkTenSteps(set, golden, report, 2.5);
    checkLong(set, golden, report);
}

} // namespace limpid::parity
