// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/precision.h"

#include "core/diffusion/random.h"
#include "core/nn/bf16_support.h"

namespace limpid::inference {

namespace {

constexpr double oneLevel = 2.0 / 255.0; // of the range −1…1

/// Edges, a slope and a little grain: what photographs are made of. [1, 3, 128, 128].
torch::Tensor testPicture()
{
    constexpr int side = 128;
    const auto ramp = torch::linspace(-0.9, 0.9, side);
    const auto stripes = torch::sin(torch::arange(side) * 0.35).sign() * 0.4;
    const auto picture = ramp.view({1, 1, 1, side}) * 0.6 + stripes.view({1, 1, side, 1});
    const auto grain = diffusion::positionNoise({.seed = 7}, {0, 0, side, side}, 3) * 0.02;
    return (picture + grain).clamp(-1.0, 1.0);
}

} // namespace

bool toleratesBf16(methods::RestorationMethod& method, const torch::Device& device)
{
    if (!nn::computesBf16(device))
        return false;
    const auto picture = testPicture();
    try {
        const auto exact = method.regress(picture, {.device = device});
        if (!exact.defined())
            return true;
        const auto fast = method.regress(picture, {.device = device, .bf16 = true});
        return (exact - fast).abs().max().item<double>() <= oneLevel;
    } catch (const methods::NonFinite&) {
        return false;
    }
}

} // namespace limpid::inference
