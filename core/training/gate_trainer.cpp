// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/gate_trainer.h"

#include <cmath>
#include <numbers>
#include <torch/optim/adamw.h>
#include <torch/utils.h>
#include <vector>

namespace limpid::training {

namespace {

constexpr std::uint64_t gateBatches =
    0x6261746368; // keeps the choice of lessons apart from their making
constexpr std::int64_t warmup = 50;

/// A value for each kind of lesson, as a tensor over lessons.
torch::Tensor byKind(const torch::Tensor& kind, double blurred, double noisy, double untouched)
{
    auto values = torch::full({kind.size(0)}, blurred);
    values.masked_fill_(kind == static_cast<std::int64_t>(GateLesson::Noisy), noisy);
    values.masked_fill_(kind == static_cast<std::int64_t>(GateLesson::Untouched), untouched);
    return values;
}

double squaredErrorAt(double decibels)
{
    return std::pow(10.0, -decibels / 10.0);
}

} // namespace

GateTrainer::GateTrainer(const GateOptions& options, GateLessons lessons)
    : options_(options), lessons_(std::move(lessons)),
      weights_(byKind(lessons_.kind, 1.0, options_.noisyWeight, options_.untouchedWeight)),
      floors_(byKind(lessons_.kind, squaredErrorAt(60.0), squaredErrorAt(60.0),
                     squaredErrorAt(options_.floor))),
      gate_((torch::manual_seed(options_.seed), options_.network)),
      optimizer_(gate_->parameters(), torch::optim::AdamWOptions(options_.learningRate)
                                          .betas({0.9, 0.99})
                                          .weight_decay(options_.weightDecay))
{
    gate_->calibrate(lessons_.features);
}

void GateTrainer::setLearningRate()
{
    const double done = static_cast<double>(stepsDone_) / static_cast<double>(options_.steps);
    const double warm =
        std::min(1.0, static_cast<double>(stepsDone_ + 1) / static_cast<double>(warmup));
    const double cosine = 0.5 + 0.5 * std::cos(std::numbers::pi * std::min(1.0, done));
    for (auto& group : optimizer_.param_groups())
        group.options().set_lr(options_.learningRate * warm * cosine);
}

/// mirrored: the axes along which maps are; a lesson is as right the other way round.
torch::Tensor GateTrainer::loss(const torch::Tensor& chosen,
                                const std::vector<std::int64_t>& mirrored)
{
    const auto of = [&](const torch::Tensor& all) {
        return all.index_select(0, chosen);
    };
    const auto mapsOf = [&](const torch::Tensor& all) {
        return of(all).flip(mirrored);
    };
    const auto accord = mapsOf(lessons_.accord);
    const auto shares = torch::upsample_bilinear2d(gate_->shares(mapsOf(lessons_.features)),
                                                   {accord.size(2), accord.size(3)}, false);
    const auto mixture = (mapsOf(lessons_.change) * shares.unsqueeze(1)).sum(2);
    const auto before = of(lessons_.error);
    const auto after =
        (before + (shares * (mixture - 2.0 * accord)).sum(1).mean({1, 2})).clamp_min(0.0);
    const auto floors = of(floors_);
    const auto decibels = 10.0 * torch::log10((after + floors) / (before + floors));
    return ((decibels + options_.harm * torch::relu(decibels)) * of(weights_)).mean();
}

double GateTrainer::step()
{
    setLearningRate();
    Dice dice(options_.seed ^ gateBatches, static_cast<std::uint64_t>(stepsDone_));
    std::vector<std::int64_t> chosen;
    for (std::int64_t i = 0; i < options_.batch; ++i)
        chosen.push_back(dice.below(lessons_.count()));
    std::vector<std::int64_t> mirrored;
    for (const std::int64_t axis : {-1, -2})
        if (dice.below(2) == 1)
            mirrored.push_back(axis);
    torch::manual_seed(options_.seed ^ static_cast<std::uint64_t>(stepsDone_));
    gate_->train();
    const auto result = loss(torch::tensor(chosen), mirrored);
    gate_->eval();
    optimizer_.zero_grad();
    result.backward();
    optimizer_.step();
    ++stepsDone_;
    return result.item<double>();
}

} // namespace limpid::training
