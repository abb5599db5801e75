// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/run_plot.h"

#include "core/base/trimmed.h"

#include <cmath>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>

namespace limpid::training {

namespace {

using BySteps = std::map<double, double>;

Curve curveOf(const BySteps& values)
{
    return {values.begin(), values.end()};
}

std::optional<double> numberIn(const std::string& text)
{
    std::istringstream stream(text);
    double value = 0.0;
    if (!(stream >> value) || !std::isfinite(value))
        return std::nullopt;
    return value;
}

std::vector<std::string> split(const std::string& line, char separator)
{
    std::vector<std::string> cells;
    std::istringstream stream(line);
    for (std::string cell; std::getline(stream, cell, separator);)
        cells.push_back(cell);
    return cells;
}

/// The tables of validation.md below "step 100" or "step 100, name of the restorer": the class in
/// the first column, "+0.85 ± 0.42" under "gain".
class Gains {
public:
    void read(const std::string& line)
    {
        if (line.rfind("step ", 0) == 0) {
            step_ = numberIn(line.substr(5));
            const auto comma = line.find(',');
            restorer_ = comma == std::string::npos ? "" : line.substr(comma);
        }
        if (line.rfind('|', 0) == 0 && step_)
            readRow(split(line.substr(1), '|'));
    }

    std::vector<std::pair<std::string, Curve>> curves() const
    {
        std::vector<std::pair<std::string, Curve>> curves;
        for (const auto& name : order_)
            curves.emplace_back(name, curveOf(gains_.at(name)));
        return curves;
    }

private:
    void readRow(const std::vector<std::string>& cells)
    {
        for (std::size_t i = 0; i < cells.size(); ++i)
            if (trimmed(cells[i]).rfind("gain", 0) == 0) {
                column_ = i;
                return;
            }
        const auto gain = column_ < cells.size() ? numberIn(cells[column_]) : std::nullopt;
        if (!gain)
            return;
        const auto name = std::string(trimmed(cells.front())) + restorer_;
        if (!gains_.contains(name))
            order_.push_back(name);
        gains_[name][*step_] = *gain;
    }

    std::optional<double> step_;
    std::string restorer_; ///< ", name", or nothing.
    std::size_t column_ = 0;
    std::vector<std::string> order_;
    std::map<std::string, BySteps> gains_;
};

} // namespace

Result<RunHistory> readRunHistory(const std::filesystem::path& run)
{
    const auto path = run / "log.tsv";
    std::ifstream log(path);
    std::ifstream validation(run / "validation.md");
    if (!log && !validation)
        return fail(ErrorCode::FileUnreadable,
                    "no training can be read here; name the folder that was its --out", run);
    BySteps loss;
    BySteps ratio;
    for (std::string line; std::getline(log, line);) {
        const auto cells = split(line, '\t');
        const auto step = cells.size() >= 4 ? numberIn(cells[0]) : std::nullopt;
        if (!step)
            continue;
        for (BySteps* values : {&loss, &ratio}) // what a run goes on from may be older than its log
            values->erase(values->lower_bound(*step), values->end());
        if (const auto value = numberIn(cells[2]))
            loss[*step] = *value;
        if (const auto value = numberIn(cells[3]))
            ratio[*step] = *value;
    }
    Gains gains;
    for (std::string line; std::getline(validation, line);)
        gains.read(line);
    if (loss.empty() && ratio.empty() && gains.curves().empty())
        return fail(ErrorCode::InvalidRequest, "nothing was logged or measured yet", run);
    return RunHistory{curveOf(loss), curveOf(ratio), gains.curves()};
}

} // namespace limpid::training
