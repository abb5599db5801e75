// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace limpid::training {

/// (step, value), by rising step.
using Curve = std::vector<std::pair<double, double>>;

/// What a training run wrote about itself.
struct RunHistory {
    Curve loss;
    Curve ratio; ///< Error of the answer over the error of the unchanged input.
    std::vector<std::pair<std::string, Curve>> gains; ///< dB over the input, by class.
};

/// Reads log.tsv (step, seconds, loss, ratio; more columns are left alone) and, if there is one,
/// validation.md; one of them will do. Of steps that a resumed run repeated the last report counts;
/// what is not a number is passed over. FileUnreadable when neither can be read, InvalidRequest
/// when they hold nothing.
[[nodiscard]] Result<RunHistory> readRunHistory(const std::filesystem::path& run);

/// Plots over the steps of what there is: loss (logarithmic), ratio, gain. Loss and ratio are drawn
/// as they are and averaged over a fiftieth of the reports.
std::string asSvg(const RunHistory& history, const std::string& title);

/// Writes RUN/plot.svg and says where. Errors of readRunHistory; FileUnwritable, DiskFull.
[[nodiscard]] Result<std::filesystem::path> writeRunPlot(const std::filesystem::path& run);

} // namespace limpid::training
