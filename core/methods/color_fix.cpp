// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/color_fix.h"

#include "core/methods/halo_tiles.h"
#include "core/nn/srgb_curve.h"

namespace limpid::methods {

namespace {

constexpr int stripPixels = 1024; // bounds the memory of the intermediate pictures
constexpr double highlightBegin = 0.88;
constexpr double highlightEnd = 0.96; // about 250 of 255

/// (1 2 1) / 4 along one axis with its taps `distance` apart; zero outside.
/// Slices instead of a convolution: exact in any precision mode, and faster.
torch::Tensor smoothed(const torch::Tensor& x, std::int64_t axis, std::int64_t distance)
{
    auto sum = x * 0.5;
    const std::int64_t overlap = x.size(axis) - distance;
    if (overlap <= 0)
        return sum;
    sum.narrow(axis, distance, overlap).add_(x.narrow(axis, 0, overlap), 0.25);
    sum.narrow(axis, 0, overlap).add_(x.narrow(axis, distance, overlap), 0.25);
    return sum;
}

torch::Tensor coarseBand(torch::Tensor x, int levels)
{
    for (int level = 0; level < levels; ++level)
        x = smoothed(smoothed(x, 2, std::int64_t{1} << level), 3, std::int64_t{1} << level);
    return x;
}

/// 1 where the input holds light that was measured, 0 where it was clipped. → [1, 1, H, W].
torch::Tensor trust(const torch::Tensor& input)
{
    const auto brightest = std::get<0>(input.max(1, /*keepdim=*/true));
    return ((highlightEnd - brightest) / (highlightEnd - highlightBegin)).clamp(0.0, 1.0);
}

/// −1…1 in sRGB → linear light, 0…1; and back.
torch::Tensor lightOf(const torch::Tensor& picture)
{
    return nn::toLinear((picture + 1.0) * 0.5);
}

torch::Tensor pictureOf(const torch::Tensor& light)
{
    return nn::toSrgb(light) * 2.0 - 1.0;
}

/// By how much the coarse band of the input is brighter than that of `light`, per channel: a
/// factor, which keeps black black.
torch::Tensor gains(const torch::Tensor& light, const torch::Tensor& input, int levels)
{
    constexpr double least = 1e-3;
    constexpr double most = 8.0; // three stops: a network that is further off is no help
    const auto weight = trust(input);
    const auto wanted = coarseBand(lightOf(input).clamp_min(0.0) * weight, levels);
    const auto present = coarseBand(light.clamp_min(0.0) * weight, levels);
    const auto gain = ((wanted + least) / (present + least)).clamp(1.0 / most, most);
    return 1.0 + (gain - 1.0) * weight;
}

/// What the gains add to a picture; exactly nothing where they are one.
torch::Tensor correction(const torch::Tensor& restored, const torch::Tensor& input, int levels)
{
    const auto light = lightOf(restored);
    return pictureOf(light * gains(light, input, levels)) - pictureOf(light);
}

} // namespace

torch::Tensor matchLowBand(const torch::Tensor& restored, const torch::Tensor& input,
                           const torch::Device& device, const CancelToken& token, int levels)
{
    auto matched = torch::empty_like(restored);
    for (const HaloTile& tile : haloTiles(sizeOf(input), stripPixels, lowBandReach(levels))) {
        token.throwIfRequested();
        const auto before = narrowed(restored, tile.outer).to(device);
        const auto added = correction(before, narrowed(input, tile.outer).to(device), levels);
        narrowed(matched, tile.core).copy_(narrowed(before + added, tile.coreInOuter()));
    }
    return matched;
}

} // namespace limpid::methods
