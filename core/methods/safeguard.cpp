// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/safeguard.h"

#include "core/methods/finite.h"
#include "core/methods/halo_tiles.h"
#include "core/methods/scene.h"

namespace limpid::methods {

namespace {

constexpr int cell = static_cast<int>(networks::SharpnessGateImpl::cellPixels);

} // namespace

Safeguard::Safeguard(networks::SharpnessGate gate, const torch::Tensor& scene, torch::Device device,
                     int tilePixels)
    : gate_(std::move(gate)), scene_(scene.defined() ? scene.to(device) : scene), device_(device),
      tilePixels_(tilePixels)
{}

torch::Tensor Safeguard::sharesPerCell(const torch::Tensor& restored, const torch::Tensor& blurred,
                                       const CancelToken& token)
{
    const Size size{static_cast<int>(blurred.size(3)), static_cast<int>(blurred.size(2))};
    auto shares = torch::empty({1, 1, size.height / cell, size.width / cell});
    for (const HaloTile& tile :
         haloTiles(size, tilePixels_, static_cast<int>(gate_->reachPixels()))) {
        token.throwIfRequested();
        const auto answer = gate_->forward(narrowed(blurred, tile.outer).to(device_),
                                           narrowed(restored, tile.outer).to(device_), scene_);
        narrowed(shares, tile.core, cell)
            .copy_(narrowed(finiteOnCpu(answer, "the gate"), tile.coreInOuter(), cell));
    }
    return shares;
}

torch::Tensor Safeguard::shown(const torch::Tensor& restored, const torch::Tensor& blurred,
                               const CancelToken& token)
{
    if (!gate_)
        return restored;
    const torch::NoGradGuard noGrad;
    const auto shares = networks::sharesPerPixel(sharesPerCell(restored, blurred, token));
    return torch::lerp(blurred, restored, shares); // exact at both ends
}

Safeguard safeguardFor(const RestorationJob& job, const networks::SharpnessGate& gate,
                       const RunSettings& settings)
{
    if (!gate || job.parameters.at("protect_sharp") == 0.0)
        return {};
    return {gate, gate->config().scene ? sceneOf(job.image) : torch::Tensor(), settings.device,
            settings.tilePixels};
}

} // namespace limpid::methods
