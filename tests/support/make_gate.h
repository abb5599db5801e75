// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/networks/sharpness_gate.h"

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

/// A gate whose answer differs from place to place and, if it is told of them, from scene to scene.
inline networks::SharpnessGate randomGate(bool scene = false)
{
    torch::manual_seed(4);
    networks::SharpnessGate gate(
        networks::SharpnessGateConfig{.channels = 6, .blocks = 2, .scene = scene});
    const torch::NoGradGuard noGrad;
    gate->named_parameters()["out.weight"].mul_(6.0);
    return gate;
}

} // namespace limpid::tests
