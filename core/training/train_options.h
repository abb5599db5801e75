// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/networks/icdpm_unet.h"
#include "core/training/degradation.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace limpid::training {

/// How MSG is trained. Defaults are those that learned on two CPU cores.
struct TrainOptions {
    std::filesystem::path photos;      ///< Cache of photographs.
    std::filesystem::path validation;  ///< Names of those held apart.
    std::filesystem::path out;         ///< Folder of the state, the log and the export.
    networks::IcdpmUnetConfig network; ///< compactConfig("xs") by default.
    std::string device = "cpu";
    bool resume = false;
    std::filesystem::path from;      ///< Exported weights to begin with; empty: random ones.
    double minutes = 30.0;           ///< Stops cleanly after this long.
    std::int64_t totalSteps = 20000; ///< Length of the cosine.
    std::int64_t warmup = 300;
    std::int64_t batch = 16;
    std::int64_t crop = 96;
    bool muon = true;           ///< Muon for kernels; false: AdamW for everything.
    double kernelRate = 0.01;   ///< Of Muon.
    double learningRate = 5e-4; ///< Of AdamW.
    double finalShare = 0.02;   ///< Of both rates, at the end of the cosine.
    double weightDecay = 1e-4;  ///< Of AdamW.
    double emaDecay = 0.999;
    std::int64_t mixFrom = 12000; ///< From this step on the noise levels are mixed in.
    double regressorShare = 0.6;  ///< Share of α = 0 after that.
    std::uint64_t seed = 1;
    int threads = 0; ///< 0: as LibTorch decides.
    DegradationRanges ranges;
};

} // namespace limpid::training
