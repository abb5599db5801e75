// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/networks/sharpness_gate.h"

#include <torch/utils.h>

namespace limpid::tests {

/// A gate that lets this share of every change through: below 0 and above 1 are cut.
inline networks::SharpnessGate constantGate(double share)
{
    networks::SharpnessGate gate(networks::SharpnessGateConfig{.channels = 4, .blocks = 1});
    const torch::NoGradGuard noGrad;
    for (auto& parameter : gate->parameters())
        parameter.zero_();
    const double stretched = (share + 0.05) / 1.1;
    gate->named_parameters()["out.bias"].fill_(
        torch::logit(torch::tensor(stretched, torch::kFloat64), 1e-9).item<double>());
    return gate;
}

/// A gate that shows all of what was found at one of several scales: 0 is the finest.
inline networks::SharpnessGate gateForScale(std::int64_t scale, std::int64_t scales)
{
    networks::SharpnessGate gate(
        networks::SharpnessGateConfig{.channels = 4, .blocks = 1, .scales = scales});
    const torch::NoGradGuard noGrad;
    for (auto& parameter : gate->parameters())
        parameter.zero_();
    auto answers = gate->named_parameters()["out.bias"];
    answers[0].fill_(9.0);
    answers[1 + scale].fill_(200.0);
    return gate;
}

/// A gate whose answer differs from place to place and, if it is told of them, from scene to scene.
inline networks::SharpnessGate randomGate(networks::SharpnessGateConfig config)
{
    torch::manual_seed(4);
    config.channels = 6;
    config.blocks = 2;
    networks::SharpnessGate gate(config);
    const torch::NoGradGuard noGrad;
    gate->named_parameters()["out.weight"].mul_(6.0);
    return gate;
}

inline networks::SharpnessGate randomGate(bool scene = false, std::int64_t scales = 1)
{
    return randomGate(networks::SharpnessGateConfig{.scene = scene, .scales = scales});
}

} // namespace limpid::tests
