// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/experiments.h"

#include <cstddef>
#include <filesystem>
#include <optional>

namespace limpid::app {

/// What all three experiments have in common.
struct CommonOptions {
    evaluation::ContenderOptions contenders;
    std::filesystem::path naturalness{}; ///< Empty: the one among the models, if there is one.
    std::filesystem::path out;
    double minutes = 0.0; ///< 0: until all is done.
    int seeds = 1;
};

struct FitOptions {
    std::filesystem::path photos; ///< Folder, or cache of limpid-train.
    std::filesystem::path validation;
    std::filesystem::path out;
    std::size_t count = 0; ///< 0: all.
};

enum class Experiment { Synthetic, Pairs, Blind, FitNaturalness };

/// A command line of limpid-eval; only what belongs to its experiment is set.
struct EvalCommand {
    Experiment experiment = Experiment::Blind;
    CommonOptions common;
    evaluation::SyntheticOptions synthetic;
    evaluation::PairOptions pairs;
    evaluation::BlindOptions blind;
    FitOptions fit;
};

/// Reads the command line into `command`. → None when there is something to do, else the exit
/// status, after the help (0) or what is wrong (2) was printed.
std::optional<int> parseEvalCommand(int argc, const char* const* argv, EvalCommand& command);

} // namespace limpid::app
