// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/deconvolved_change.h"

#include "core/base/round_up.h"
#include "core/methods/blur_kernel.h"
#include "core/methods/coarse_changes.h"
#include "core/methods/finite.h"
#include "core/methods/halo_tiles.h"
#include "core/nn/srgb_curve.h"
#include "core/region/tile_grid.h"

#include <algorithm>
#include <future>
#include <torch/utils.h>

namespace limpid::methods {

namespace {

/// Sides are multiples of 64 up to 512: Fourier transforms are fast if all factors are small.
constexpr region::TileRule partRule{.tilePixels = 512, .overlapPixels = 128, .multipleOf = 64};
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

/// A processor needs as long as for so many pixels of a compact network's step.
double workOf(const Rect& part)
{
    constexpr double stepsPerPixel = 0.8;
    return stepsPerPixel * static_cast<double>(part.size().area());
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

/// While it lives, an operation is done by one thread. A part is thousands of operations on small
/// arrays: several threads would mostly wait for each other, so each takes a part of its own.
class OneThreadAnOperation {
public:
    OneThreadAnOperation() { at::set_num_threads(1); }
    ~OneThreadAnOperation() { at::set_num_threads(before_); }
    OneThreadAnOperation(const OneThreadAnOperation&) = delete;
    OneThreadAnOperation& operator=(const OneThreadAnOperation&) = delete;

    std::size_t threads() const { return static_cast<std::size_t>(before_); }

private:
    int before_ = at::get_num_threads();
};

} // namespace

BlurParts blurPartsUnder(const Rect& region, Size photo)
{
    BlurParts result;
    result.photo = {roundedUp(photo.width, partRule.multipleOf),
                    roundedUp(photo.height, partRule.multipleOf)};
    for (const Rect& part : region::tileGrid(result.photo, partRule)) {
        if (part.intersected(region).isEmpty())
            continue;
        result.area = result.area.united(part);
        result.parts.push_back(part);
    }
    return result;
}

torch::Tensor deconvolvedChange(const torch::Tensor& blurred, const torch::Tensor& coarse,
                                const BlurParts& parts, const Regression& regression)
{
    const auto& device = regression.settings.device;
    const auto& token = regression.token;
    const auto changeUnder = [&](const Rect& part) {
        const torch::NoGradGuard noGrad; // each thread needs its own
        token.withoutPauses().throwIfRequested();
        const Rect here = parts.inArea(part);
        const auto guessed = atFullSize(narrowed(coarse, here, 2).to(device), 2);
        return finiteOnCpu(changeOfPart(narrowed(blurred, here).to(device), guessed),
                           "a deconvolution");
    };
    const OneThreadAnOperation oneThread;
    const std::size_t atOnce = device.is_cpu() ? oneThread.threads() : 1;
    auto sum = torch::zeros_like(blurred);
    for (std::size_t first = 0; first < parts.parts.size(); first += atOnce) {
        token.throwIfRequested();
        const std::size_t end = std::min(first + atOnce, parts.parts.size());
        std::vector<std::future<torch::Tensor>> changes;
        for (std::size_t i = first; i < end; ++i)
            changes.push_back(std::async(std::launch::async, changeUnder, parts.parts[i]));
        for (std::size_t i = first; i < end; ++i) {
            const Rect& part = parts.parts[i];
            auto values = region::tileWeights(part, parts.photo, partRule);
            const auto weights = torch::from_blob(values.data(), {1, 1, part.height, part.width});
            narrowed(sum, parts.inArea(part)).addcmul_(changes[i - first].get(), weights);
            if (regression.worked)
                regression.worked(workOf(part));
        }
    }
    return sum;
}

double deconvolutionWork(const BlurParts& parts)
{
    double work = 0.0;
    for (const Rect& part : parts.parts)
        work += workOf(part);
    return work;
}

} // namespace limpid::methods
