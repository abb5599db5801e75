// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/degradation.h"

#include <cstdint>
#include <string>

namespace limpid::training {

/// What every stage has in common: the batches and how the optimizers follow its loss. The defaults
/// are those that learned on two CPU cores.
struct LearningOptions {
    std::string device = "cpu";
    std::int64_t totalSteps = 20000; ///< Length of the cosine.
    std::int64_t warmup = 300;
    std::int64_t batch = 16;
    std::int64_t crop = 96;     ///< Side in pixels, a multiple of 16.
    bool muon = true;           ///< Muon for kernels; false: AdamW for everything.
    double kernelRate = 0.01;   ///< Of Muon.
    double learningRate = 5e-4; ///< Of AdamW.
    double finalShare = 0.02;   ///< Of both rates, at the end of the cosine.
    double weightDecay = 1e-4;  ///< Of AdamW.
    double emaDecay = 0.999;
    std::uint64_t seed = 1;
    DegradationRanges ranges;
};

} // namespace limpid::training
