// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/summary.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace limpid::evaluation {

namespace {

/// Figures of one photograph.
using ByPhoto = std::map<std::string, std::vector<double>>;
using ByMeasure = std::map<std::string, ByPhoto>;

/// The 97.5th percentile of Student's t.
double studentT(std::size_t freedom)
{
    constexpr std::array table{12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306,
                               2.262,  2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120};
    if (freedom <= table.size())
        return table[freedom - 1];
    // Cornish–Fisher, right to three digits here.
    const auto n = static_cast<double>(freedom);
    return 1.95996 + 2.37227 / n + 2.82250 / (n * n);
}

double meanOf(const std::vector<double>& values)
{
    double sum = 0.0;
    for (const double value : values)
        sum += value;
    return sum / static_cast<double>(values.size());
}

std::map<std::string, Interval> intervalsOf(const ByMeasure& figures)
{
    std::map<std::string, Interval> intervals;
    for (const auto& [measure, photos] : figures) {
        std::vector<double> means;
        for (const auto& [photo, values] : photos)
            means.push_back(meanOf(values));
        intervals[measure] = intervalOf(means);
    }
    return intervals;
}

Summary summaryOf(const std::vector<const Sample*>& samples)
{
    ByMeasure input;
    ByMeasure output;
    ByMeasure gain;
    std::map<std::string, int> photos;
    for (const auto* sample : samples) {
        ++photos[sample->photo];
        for (const auto& [id, value] : sample->input)
            input[id][sample->photo].push_back(value);
        for (const auto& [id, value] : sample->output) {
            output[id][sample->photo].push_back(value);
            if (const auto before = sample->input.find(id); before != sample->input.end())
                gain[id][sample->photo].push_back(value - before->second);
        }
    }
    return {.group = {},
            .contender = samples.front()->contender,
            .photos = static_cast<int>(photos.size()),
            .pictures = static_cast<int>(samples.size()),
            .input = intervalsOf(input),
            .output = intervalsOf(output),
            .gain = intervalsOf(gain)};
}

} // namespace

Interval intervalOf(const std::vector<double>& values)
{
    const double mean = meanOf(values);
    if (values.size() < 2)
        return {mean, std::numeric_limits<double>::quiet_NaN()};
    double squares = 0.0;
    for (const double value : values)
        squares += (value - mean) * (value - mean);
    const auto n = static_cast<double>(values.size());
    return {mean, studentT(values.size() - 1) * std::sqrt(squares / (n - 1.0) / n)};
}

std::vector<Summary> summarized(const std::vector<Sample>& samples, std::string Sample::*key)
{
    using Cell = std::pair<std::string, std::string>;
    std::vector<Cell> order;
    std::map<Cell, std::vector<const Sample*>> cells;
    std::map<std::string, std::size_t> groups;
    for (const auto& sample : samples) {
        const Cell cell{sample.*key, sample.contender};
        groups.try_emplace(cell.first, groups.size());
        auto& members = cells[cell];
        if (members.empty())
            order.push_back(cell);
        members.push_back(&sample);
    }
    std::stable_sort(order.begin(), order.end(), [&groups](const Cell& a, const Cell& b) {
        return groups[a.first] < groups[b.first];
    });
    std::vector<Summary> summaries;
    for (const auto& cell : order) {
        summaries.push_back(summaryOf(cells[cell]));
        summaries.back().group = cell.first;
    }
    return summaries;
}

bool hadNothingToGain(const Summary& summary)
{
    const auto psnr = summary.input.find("psnr");
    return psnr != summary.input.end() && psnr->second.mean > 99.9;
}

} // namespace limpid::evaluation
