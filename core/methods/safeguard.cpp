// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/safeguard.h"

#include "core/methods/coarse_changes.h"
#include "core/methods/finite.h"
#include "core/methods/halo_tiles.h"
#include "core/methods/proposals.h"
#include "core/methods/scene.h"

#include <torch/utils.h>

namespace limpid::methods {

namespace {

constexpr int cell = static_cast<int>(networks::SharpnessGateImpl::cellPixels);

/// A mixture of changes may leave the displayable range where the photograph itself does not.
torch::Tensor displayable(const torch::Tensor& mixture, const torch::Tensor& blurred)
{
    return torch::min(torch::max(mixture, blurred.clamp_max(-1.0)), blurred.clamp_min(1.0));
}

} // namespace

Safeguard::Safeguard(networks::SharpnessGate gate, const torch::Tensor& scene,
                     std::vector<torch::Tensor> others, const RunSettings& settings,
                     Protection protection)
    : gate_(std::move(gate)), scene_(scene.defined() ? scene.to(settings.device) : scene),
      others_(std::move(others)), device_(settings.device), tilePixels_(settings.tilePixels),
      protection_(protection)
{}

/// The restoration's own first. The outermost pixels are right only where the area ends with the
/// picture.
std::vector<torch::Tensor> Safeguard::changesUnder(const Rect& area, const torch::Tensor& restored,
                                                   const torch::Tensor& blurred) const
{
    std::vector<torch::Tensor> changes{
        (narrowed(restored, area) - narrowed(blurred, area)).to(device_)};
    for (const auto& change : others_) {
        const auto scale = blurred.size(3) / change.size(3);
        changes.push_back(atFullSize(narrowed(change, area, scale).to(device_), scale));
    }
    return changes;
}

torch::Tensor Safeguard::sharesPerCell(const torch::Tensor& restored, const torch::Tensor& blurred,
                                       const CancelToken& token)
{
    const Size size = sizeOf(blurred);
    auto shares =
        torch::empty({1, gate_->config().restorations(), size.height / cell, size.width / cell});
    for (const HaloTile& tile :
         haloTiles(size, tilePixels_, static_cast<int>(gate_->reachPixels()))) {
        token.throwIfRequested();
        const auto before = narrowed(blurred, tile.outer).to(device_);
        const auto changes = changesUnder(tile.outer, restored, blurred);
        const auto answer = protection_ == Protection::On ? gate_->forward(before, changes, scene_)
                                                          : gate_->choice(before, changes, scene_);
        narrowed(shares, tile.core, cell)
            .copy_(narrowed(finiteOnCpu(answer, "the gate"), tile.coreInOuter(), cell));
    }
    return shares;
}

torch::Tensor Safeguard::mixed(const torch::Tensor& restored, const torch::Tensor& blurred,
                               const torch::Tensor& shares, const CancelToken& token) const
{
    constexpr int halo = 2 * cell; // covers what shares and coarse changes are interpolated from
    auto mixture = torch::empty_like(blurred);
    for (const HaloTile& tile : haloTiles(sizeOf(blurred), tilePixels_, halo)) {
        token.throwIfRequested();
        const auto before = narrowed(blurred, tile.outer).to(device_);
        const auto weights =
            networks::sharesPerPixel(narrowed(shares, tile.outer, cell).to(device_));
        const auto changes = changesUnder(tile.outer, restored, blurred);
        auto after = before.clone();
        for (std::size_t i = 0; i < changes.size(); ++i)
            after.addcmul_(changes[i], weights.narrow(1, static_cast<std::int64_t>(i), 1));
        narrowed(mixture, tile.core)
            .copy_(narrowed(displayable(after, before), tile.coreInOuter()));
    }
    return mixture;
}

torch::Tensor Safeguard::shown(const torch::Tensor& restored, const torch::Tensor& blurred,
                               const CancelToken& token)
{
    if (!gate_)
        return restored;
    const torch::NoGradGuard noGrad;
    const auto shares = sharesPerCell(restored, blurred, token);
    if (!others_.empty())
        return mixed(restored, blurred, shares, token);
    return torch::lerp(blurred, restored, networks::sharesPerPixel(shares)); // exact at both ends
}

double workOf(const RestorationJob& job, const Rect& seen, const networks::SharpnessGate& gate)
{
    const double steps = job.steps * static_cast<double>(seen.size().area());
    return gate ? steps + proposalWork(gate->config(), seen, job.image.size()) : steps;
}

Safeguard safeguardFor(const RestorationJob& job, const Rect& seen,
                       const networks::SharpnessGate& gate, const Regression& regression)
{
    const auto protection =
        job.parameters.at("protect_sharp") == 0.0 ? Protection::Off : Protection::On;
    const bool decides =
        gate && (protection == Protection::On || gate->config().restorations() > 1);
    if (!decides)
        return {};
    const auto& config = gate->config();
    return {gate, config.scene ? sceneOf(job.image) : torch::Tensor(),
            proposalsFor(job, seen, config, regression), regression.settings, protection};
}

} // namespace limpid::methods
