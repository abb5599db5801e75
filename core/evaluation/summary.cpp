// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/summary.h"

#include "core/training/student_t.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace limpid::evaluation {

namespace {

/// Figures of one photograph.
using ByPhoto = std::map<std::string, std::vector<double>>;
using ByMeasure = std::map<std::string, ByPhoto>;

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
    return {mean, training::studentT(values.size() - 1) * std::sqrt(squares / (n - 1.0) / n)};
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

std::vector<Sample> blurredOnly(std::vector<Sample> samples)
{
    std::erase_if(samples, [](const Sample& sample) { return sample.blur == "none"; });
    return samples;
}

bool hadNothingToGain(const Summary& summary)
{
    const auto psnr = summary.input.find("psnr");
    return psnr != summary.input.end() && psnr->second.mean > 99.9;
}

} // namespace limpid::evaluation
