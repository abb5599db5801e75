// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/training/psf.h"

#include <torch/types.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace limpid::evaluation {

/// What only an experiment knows about a blurred picture.
struct KnownBlur {
    training::Psf psf;
    double noiseVariance = 0.0; ///< Of linear values.
};

struct Puzzle {
    torch::Tensor blurred; ///< [1, 3, H, W], 0…1.
    std::optional<KnownBlur> known{};
    std::uint64_t seed = 1;
};

/// Something that restores pictures. Errors: those of the program's runner.
struct Contender {
    std::string name;        ///< As reports show it: "msg, 6 steps".
    bool drawsNoise = false; ///< Its results depend on the seed.
    bool optional = false;   ///< Where it fails the report says so and the run goes on.
    std::function<Result<torch::Tensor>(const Puzzle&)> restore;
};

struct ContenderOptions {
    /// Those of classic_contender.h and external_contender.h, or a method of the program, "msg",
    /// with "msg:ID" for another model than its default.
    std::vector<std::string> methods;
    std::vector<int> steps;             ///< Each method of the program runs once with each; empty:
                                        ///< its default.
    std::vector<double> strengths{1.0}; ///< Likewise, 0…1.
    std::map<std::string, double> parameters{}; ///< Of the program's methods; absent: the default.
    std::filesystem::path models;
    std::filesystem::path userModels{};
    std::string device = "cpu";
    std::string precision = "auto"; ///< As for the command line.
    bool kernelKnown = false;       ///< Without it the oracles are refused.
};

/// Those that are asked for, in order. InvalidRequest for a name that is not known and for steps
/// that a method does not have. Weights are only looked for when the contender first runs.
[[nodiscard]] Result<std::vector<Contender>> contendersOf(const ContenderOptions& options);

} // namespace limpid::evaluation
