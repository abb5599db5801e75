// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/contender.h"
#include "core/evaluation/naturalness.h"
#include "core/evaluation/quality.h"

#include <filesystem>
#include <string>
#include <vector>

namespace limpid::evaluation {

/// What one contender made of one picture.
struct Sample {
    std::string contender;
    std::string photo;    ///< Pictures of one photograph are not independent of each other.
    std::string blur;     ///< Kind of blur; "unknown" where nobody knows.
    std::string severity; ///< Class that the report is about.
    std::string finish;
    Figures input;
    Figures output;
    std::string failure{}; ///< Why an optional contender has no output.
};

/// The input itself as a contender that changes nothing.
constexpr const char* inputName = "input";

/// A picture, what is known of it, and under what name its figures are filed.
struct Trial {
    Sample label;
    Puzzle puzzle;
    torch::Tensor sharp; ///< Undefined: not known.
    int seeds = 1;       ///< Methods that draw noise run with seeds 1 … this.
    const NaturalnessModel* naturalness = nullptr; ///< None: that figure is not taken.
    std::filesystem::path source{}; ///< For messages: its file, or in a cache its name.
};

/// Receives each output as it comes, also the input's own.
using OutputWatcher = std::function<void(const std::string& contender, const torch::Tensor&)>;

/// Measures the input and each contender on a picture; the first error of a contender ends it
/// unless that one is optional.
[[nodiscard]] Result<std::vector<Sample>> judged(const Trial& trial,
                                                 const std::vector<Contender>& contenders,
                                                 const OutputWatcher& watch = {});

} // namespace limpid::evaluation
