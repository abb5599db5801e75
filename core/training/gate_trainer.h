// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/networks/sharpness_gate.h"
#include "core/training/gate_lessons.h"

#include <cstdint>
#include <torch/optim/adamw.h>

namespace limpid::training {

/// How the gate is trained. Errors count as decibels of each picture, so that a sharp one, whose
/// errors are small, weighs as much as a strongly blurred one.
struct GateOptions {
    networks::SharpnessGateConfig network{
        .channels = 32, .blocks = 6, .scene = true, .scales = 2, .deconvolved = true};
    std::int64_t steps = 3000;
    std::int64_t batch = 32;
    double learningRate = 3e-3;
    double weightDecay = 1e-3;
    double floor = 42.0; ///< dB; an untouched picture this near to itself earns half of the rest.
    double harm = 0.0;   ///< Extra weight of what gets worse.
    double untouchedWeight = 0.4;
    double noisyWeight = 0.5;
    std::uint64_t seed = 1;
};

/// Trains a gate on what a frozen model has done to pictures. Depends on the lessons, the seed and
/// the step alone. One thread owns it.
class GateTrainer {
public:
    GateTrainer(const GateOptions& options, GateLessons lessons);

    /// One step of AdamW → the loss: mean change of the error in dB, below 0: gains.
    double step();

    std::int64_t stepsDone() const { return stepsDone_; }
    networks::SharpnessGate& gate() { return gate_; }

private:
    torch::Tensor loss(const torch::Tensor& chosen, const std::vector<std::int64_t>& mirrored);
    void setLearningRate();

    GateOptions options_;
    GateLessons lessons_;
    torch::Tensor weights_; ///< Of all lessons, by kind.
    torch::Tensor floors_;  ///< Likewise.
    networks::SharpnessGate gate_;
    torch::optim::AdamW optimizer_;
    std::int64_t stepsDone_ = 0;
};

} // namespace limpid::training
