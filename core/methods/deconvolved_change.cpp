// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/deconvolved_change.h"

#include "core/methods/blur_kernel.h"
#include "core/methods/coarse_changes.h"
#include "core/methods/finite.h"
#include "core/methods/halo_tiles.h"
#include "core/nn/srgb_curve.h"
#include "core/region/tile_grid.h"

#include <algorithm>

namespace limpid::methods {

namespace {

constexpr region::TileRule partRule{.tilePixels = 512, .overlapPixels = 128, .multipleOf = 8};
constexpr double hardlyAnything = 0.004; // half a level of 255, root mean square

/// [1, 3, H, W], −1…1 → [3, H, W], linear light.
torch::Tensor linearLight(const torch::Tensor& picture)
{
    return nn::toLinear((0.5 * picture + 0.5).clamp(0.0, 1.0)).squeeze(0);
}

torch::Tensor encoded(const torch::Tensor& light)
{
    return (2.0 * nn::toSrgb(light.clamp(0.0, 1.0)) - 1.0).unsqueeze(0);
}

bool isLargeEnoughForAKernel(const torch::Tensor& part)
{
    return part.size(2) >= leastForKernel && part.size(3) >= leastForKernel;
}

torch::Tensor changeOfPart(const torch::Tensor& blurred, const torch::Tensor& guessed)
{
    const bool sharp = guessed.square().mean().sqrt().item<double>() < hardlyAnything;
    if (sharp || !isLargeEnoughForAKernel(blurred))
        return guessed;
    const auto light = linearLight(blurred);
    const auto guess = linearLight(blurred + guessed);
    const auto kernel = estimateKernel(light.mean(0), guess.mean(0));
    return encoded(deconvolved(light, guess, kernel)) - encoded(light);
}

constexpr int roundedUp(int length)
{
    constexpr int alignment = 64; // the largest of any network's
    return (length + alignment - 1) / alignment * alignment;
}

Rect covering(const Rect& a, const Rect& b)
{
    const int x = std::min(a.x, b.x);
    const int y = std::min(a.y, b.y);
    return {x, y, std::max(a.right(), b.right()) - x, std::max(a.bottom(), b.bottom()) - y};
}

} // namespace

BlurParts blurPartsUnder(const Rect& region, Size photo)
{
    BlurParts result;
    result.photo = {roundedUp(photo.width), roundedUp(photo.height)};
    for (const Rect& part : region::tileGrid(result.photo, partRule)) {
        if (part.intersected(region).isEmpty())
            continue;
        result.area = result.parts.empty() ? part : covering(result.area, part);
        result.parts.push_back(part);
    }
    return result;
}

torch::Tensor deconvolvedChange(const torch::Tensor& blurred, const torch::Tensor& coarse,
                                const BlurParts& parts, torch::Device device,
                                const CancelToken& token)
{
    const torch::NoGradGuard noGrad;
    auto sum = torch::zeros_like(blurred);
    for (const Rect& part : parts.parts) {
        token.throwIfRequested();
        const Rect here{part.x - parts.area.x, part.y - parts.area.y, part.width, part.height};
        const auto guessed = atFullSize(narrowed(coarse, here, 2).to(device), 2);
        const auto change = finiteOnCpu(changeOfPart(narrowed(blurred, here).to(device), guessed),
                                        "a deconvolution");
        auto values = region::tileWeights(part, parts.photo, partRule);
        const auto weights = torch::from_blob(values.data(), {1, 1, part.height, part.width});
        narrowed(sum, here).addcmul_(change, weights);
    }
    return sum;
}

} // namespace limpid::methods
