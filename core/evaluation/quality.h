// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/naturalness.h"
#include "core/evaluation/sharpness.h"

#include <torch/types.h>

#include <map>
#include <string>
#include <vector>

namespace limpid::evaluation {

/// Figures by the id of their measure; what is not defined for a picture is absent.
using Figures = std::map<std::string, double>;

/// How a figure is shown. The ids are those of the JSON report.
struct Measure {
    std::string id;
    std::string title;
    int decimals = 2;
    bool asGain = false; ///< Reports show output less input.
};

/// All measures, in the order of the report's columns.
const std::vector<Measure>& measures();

/// What all outputs of one blurred picture are measured with: edges are found once, in the truth,
/// or in the input where no truth is known (`sharp` undefined). The model outlives the judge.
class Judge {
public:
    Judge(torch::Tensor input, torch::Tensor sharp, const NaturalnessModel* naturalness = nullptr);

    /// Of an output of the same size, rounded to 8 bits; invention against the input.
    Figures figuresOf(const torch::Tensor& output) const;

    /// Of the input itself.
    const Figures& inputFigures() const { return inputFigures_; }

private:
    torch::Tensor input_;
    torch::Tensor sharp_;
    const NaturalnessModel* naturalness_;
    std::vector<StepEdge> edges_;
    Figures inputFigures_;
};

} // namespace limpid::evaluation
