// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/restoration_guidance.h"

#include <torch/autograd.h>
#include <torch/utils.h>

namespace limpid::methods {

namespace {

/// The published loss is the mean over a picture's values times this.
constexpr double lossScale = 3000.0;

torch::Tensor luma(const torch::Tensor& picture)
{
    const auto weights = torch::tensor({0.2989F, 0.5870F, 0.1140F}, picture.options());
    return (picture * weights.view({1, 3, 1, 1})).sum(1, /*keepdim=*/true);
}

torch::Tensor sobelMagnitude(const torch::Tensor& gray)
{
    const auto across =
        torch::tensor({1.0F, 0.0F, -1.0F, 2.0F, 0.0F, -2.0F, 1.0F, 0.0F, -1.0F}, gray.options())
            .view({1, 1, 3, 3});
    const auto kernels = torch::cat({across, across.transpose(2, 3)});
    const auto padded = torch::replication_pad2d(gray, {1, 1, 1, 1});
    return torch::conv2d(padded, kernels).square().sum(1, /*keepdim=*/true).sqrt();
}

} // namespace

torch::Tensor flatnessOf(const torch::Tensor& picture)
{
    const auto magnitude = sobelMagnitude(luma((picture + 1.0) / 2.0));
    const auto blocks = (torch::avg_pool2d(magnitude, 2) * 4.0).tanh();
    return 1.0 - blocks.repeat_interleave(2, 2).repeat_interleave(2, 3);
}

bool RestorationGuidance::appliesAt(double timestep) const
{
    const double now = timestep + 1.0;
    return options_.scale != 0.0 && options_.stop < now && now < options_.start;
}

/// Minus the gradient of the loss at `from`.
torch::Tensor RestorationGuidance::pulled(const torch::Tensor& from, const torch::Tensor& to)
{
    const double step = 2.0 * lossScale * options_.scale / static_cast<double>(from.numel());
    auto pull = (to - from) * step;
    if (options_.loss == GuidanceLoss::Mse)
        return pull;
    if (!flatness_.defined())
        flatness_ = flatnessOf(target_.picture);
    // The published code fails in latent space; there, a latent pixel weighs as its pixels on mean.
    return pull * torch::adaptive_avg_pool2d(flatness_, {from.size(2), from.size(3)});
}

torch::Tensor RestorationGuidance::rgbMove(const torch::Tensor& clean)
{
    const torch::AutoGradMode withGradients(true);
    const auto latent = clean.detach().clone().requires_grad_(true);
    const auto picture = target_.decode(latent);
    const auto pull = pulled(picture.detach(), target_.picture);
    return torch::autograd::grad({picture}, {latent}, {pull}).front();
}

torch::Tensor RestorationGuidance::guided(const torch::Tensor& clean, int step, double cleanWeight)
{
    auto moved = clean;
    for (int repeat = 0; repeat < options_.repeat; ++repeat) {
        const auto move = options_.space == GuidanceSpace::Latent
                              ? pulled(moved, target_.latent(step, repeat))
                              : rgbMove(moved);
        moved = moved + move / cleanWeight;
    }
    return moved;
}

} // namespace limpid::methods
