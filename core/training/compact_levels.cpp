// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/compact_levels.h"

#include "core/diffusion/timesteps.h"
#include "core/training/draw_levels.h"

namespace limpid::training {

namespace {

constexpr double mostWeight = 5.0;

networks::CompactLevel asTensors(const std::vector<double>& alphaBars,
                                 const std::vector<diffusion::NoiseLevel>& levels)
{
    std::vector<double> alphas;
    std::vector<double> sigmas;
    std::vector<double> timesteps;
    for (const auto& level : levels) {
        alphas.push_back(level.alpha);
        sigmas.push_back(level.sigma);
        timesteps.push_back(diffusion::timestepOf(alphaBars, level));
    }
    return {.alpha = torch::tensor(alphas, torch::kFloat32).view({-1, 1, 1, 1}),
            .sigma = torch::tensor(sigmas, torch::kFloat32).view({-1, 1, 1, 1}),
            .t = torch::tensor(timesteps, torch::kFloat32)};
}

} // namespace

CompactLevels::CompactLevels(const networks::DeblurDiffConfig& config)
    : alphaBars_(diffusion::withZeroTerminalSnr(diffusion::scaledLinearAlphaBars(
          config.firstBeta, config.lastBeta, static_cast<int>(config.timesteps))))
{}

networks::CompactLevel CompactLevels::draw(Dice dice, std::int64_t count,
                                           double regressorShare) const
{
    return asTensors(alphaBars_, drawLevels(dice, count, regressorShare));
}

networks::CompactLevel CompactLevels::pureNoise(std::int64_t count) const
{
    return asTensors(alphaBars_,
                     std::vector(static_cast<std::size_t>(count), diffusion::pureNoise));
}

networks::CompactLevel CompactLevels::secondStep(std::int64_t count) const
{
    return asTensors(alphaBars_, std::vector(static_cast<std::size_t>(count),
                                             diffusion::fewStepLevels(2).back()));
}

networks::CompactLevel onDevice(const networks::CompactLevel& level, torch::Device device)
{
    return {
        .alpha = level.alpha.to(device), .sigma = level.sigma.to(device), .t = level.t.to(device)};
}

torch::Tensor signalWeights(const networks::CompactLevel& level)
{
    return (level.alpha / level.sigma).square().clamp(1.0, mostWeight).flatten();
}

} // namespace limpid::training
