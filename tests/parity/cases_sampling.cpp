// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/reference_sampling.h"
#include "tests/parity/parity_cases.h"
#include "tests/parity/reference_model.h"

namespace limpid::parity {

namespace {

/// The noise of every step, noisiest first: one tensor, or one for each step.
std::vector<torch::Tensor> noisesOf(TensorFile& golden, const std::string& row)
{
    std::vector<torch::Tensor> noises;
    if (golden.has(row + "in.noise"))
        for (const auto& noise : golden.at(row + "in.noise").split(1))
            noises.push_back(noise);
    else
        for (const auto& name : golden.names(row + "in.noise."))
            noises.push_back(golden.at(name)); // the last one is drawn, but multiplied by zero
    return noises;
}

std::vector<methods::ReferenceStep> sampled(ParitySet& set, TensorFile& golden,
                                            const std::string& row, double cfgScale)
{
    const auto networks = referenceNetworks(set, set.controlScales());
    const auto blurred = inputOf(golden, row, "c_img");
    const auto otherBlurred = inputOf(golden, row, "c_img_uncond");
    const methods::ReferencePredictor predictor(
        networks, {inputOf(golden, row, "c_txt"), blurred},
        {inputOf(golden, row, "c_txt_uncond"), otherBlurred.defined() ? otherBlurred : blurred},
        {.cfgScale = cfgScale}, {});
    const auto noises = noisesOf(golden, row);
    std::vector<methods::ReferenceStep> steps;
    methods::sampleReference(
        predictor, golden.at(row + "in.x_T"),
        {.alphaBars = alphaBarsOf(set),
         .steps = static_cast<int>(noises.size()),
         .noise = [&](int step) { return noises.at(static_cast<std::size_t>(step)); },
         .stepDone =
             [&](const methods::ReferenceStep& step) {
                 steps.push_back(step);
             }});
    return steps;
}

void compareSteps(TensorFile& golden, ParityReport& report, const std::string& prefix,
                  const std::vector<methods::ReferenceStep>& steps)
{
    for (const auto& step : steps) {
        const auto name = prefix + stepPrefix(step.index);
        report.compare(golden, name + "t", torch::full({1}, step.timestep, torch::kInt64));
        report.compare(golden, name + "eps", step.eps, pipelineLimit);
        report.compare(golden, name + "pred_x0", step.clean, pipelineLimit);
        report.compare(golden, name + "x_out", step.state, pipelineLimit);
        report.compare(golden, name + "kpn", step.kernelLatent, pipelineLimit);
    }
    report.compare(golden, prefix + "out", steps.back().state, pipelineLimit);
}

/// All states in one tensor, and the last kernel latent.
void compareStacked(TensorFile& golden, ParityReport& report, const std::string& prefix,
                    const std::vector<methods::ReferenceStep>& steps)
{
    std::vector<std::int64_t> timesteps;
    std::vector<torch::Tensor> states;
    for (const auto& step : steps) {
        timesteps.push_back(step.timestep);
        states.push_back(step.state);
    }
    report.compare(golden, prefix + "t", torch::tensor(timesteps, torch::kInt64));
    report.compare(golden, prefix + "x_out", torch::cat(states), pipelineLimit);
    report.compare(golden, prefix + "kpn_last", steps.back().kernelLatent, pipelineLimit);
}

} // namespace

void checkSampling(ParitySet& set, ParityReport& report)
{
    auto& golden = set.tensors("golden/sampling.safetensors");
    for (const auto& row : golden.rowsWith("in.x_T")) {
        for (const auto& variant : guidanceVariants(golden, row)) {
            const auto steps = sampled(set, golden, row, variant.scale);
            if (golden.has(row + "in.noise"))
                compareStacked(golden, report, variant.prefix, steps);
            else
                compareSteps(golden, report, variant.prefix, steps);
        }
    }
}

} // namespace limpid::parity
