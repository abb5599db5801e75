// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/evaluation/summary.h"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace limpid::evaluation {

/// A photograph that is not among the samples.
struct LeftOut {
    std::string photo; ///< As the report shows it.
    std::string reason;
};

/// Everything that a run has to say.
struct Report {
    std::string title;
    std::vector<std::pair<std::string, std::string>> settings; ///< What it takes to repeat it.
    std::vector<Sample> samples;
    std::vector<LeftOut> leftOut{};
};

/// Settings, what was left out, and tables of gains: by class, and of PSNR by kind of blur and by
/// finish.
std::string asMarkdown(const Report& report);

/// { "schema": 1, "title", "settings": {}, "measures": [], "groups": [ { "by": "class", "blur" or
/// "finish", "group", "contender", "photos", "pictures", "input" / "output" / "gain": { id: {
/// "mean", "half95" } } } ], "samples": [ { "contender", "photo", "class", "blur", "finish",
/// "input": { id: number }, "output": {}, "failure" } ], "left_out": [ { "photo", "reason" } ] }.
/// What is not defined is null or absent.
std::string asJson(const Report& report);

/// Bars of the gain in PSNR by class and contender, with 95 % intervals; of the gradient energy
/// where no truth is known.
std::string asSvg(const Report& report);

/// Makes the folder of a report and tries to write there, so that hours of work do not end in an
/// error: FileUnwritable, NotARegularFile, DiskFull. Leaves nothing but the folder.
[[nodiscard]] Result<void> prepareReport(const std::filesystem::path& folder);

/// Writes report.md, report.json and plot.svg into a folder, which is made. FileUnwritable,
/// DiskFull.
[[nodiscard]] Result<void> writeReport(const Report& report, const std::filesystem::path& folder);

} // namespace limpid::evaluation
