// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/report.h"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <sstream>

namespace limpid::evaluation {

namespace {

constexpr const char* missing = "–";

std::string number(double value, int decimals, bool sign)
{
    std::ostringstream text;
    text << std::fixed << std::setprecision(decimals) << (sign ? std::showpos : std::noshowpos)
         << value;
    return text.str();
}

/// "+0.85 ± 0.42"; without the interval where there is but one photograph.
std::string withInterval(const Interval& interval, int decimals, bool sign)
{
    const auto mean = number(interval.mean, decimals, sign);
    return std::isnan(interval.half) ? mean : mean + " ± " + number(interval.half, decimals, false);
}

const Interval* find(const std::map<std::string, Interval>& intervals, const std::string& id)
{
    const auto found = intervals.find(id);
    return found == intervals.end() ? nullptr : &found->second;
}

/// The figure of a measure: a gain, or for the input and for other measures the value itself.
std::string figureOf(const Summary& summary, const Measure& measure)
{
    const bool gain =
        measure.asGain && summary.contender != inputName && !hadNothingToGain(summary);
    const auto* interval = find(gain ? summary.gain : summary.output, measure.id);
    if (!interval)
        return missing;
    return gain ? withInterval(*interval, measure.decimals, true)
                : number(interval->mean, measure.decimals, false);
}

std::vector<Measure> shownMeasures(const std::vector<Summary>& summaries)
{
    std::vector<Measure> shown;
    for (const auto& measure : measures())
        if (std::any_of(summaries.begin(), summaries.end(),
                        [&](const auto& summary) { return summary.output.contains(measure.id); }))
            shown.push_back(measure);
    return shown;
}

std::string rowOf(const std::vector<std::string>& cells)
{
    std::string row = "|";
    for (const auto& cell : cells)
        row += " " + cell + " |";
    return row + "\n";
}

std::string ruleOf(std::size_t columns)
{
    std::string rule = "|";
    for (std::size_t i = 0; i < columns; ++i)
        rule += "---|";
    return rule + "\n";
}

std::string fullTable(const std::vector<Summary>& summaries)
{
    const auto shown = shownMeasures(summaries);
    std::vector<std::string> head{"class", "method", "photographs (pictures)"};
    for (const auto& measure : shown)
        head.push_back(measure.title);
    std::string table = rowOf(head) + ruleOf(head.size());
    for (const auto& summary : summaries) {
        std::vector<std::string> cells{summary.group, summary.contender,
                                       std::to_string(summary.photos) + " (" +
                                           std::to_string(summary.pictures) + ")"};
        for (const auto& measure : shown)
            cells.push_back(figureOf(summary, measure));
        table += rowOf(cells);
    }
    return table;
}

std::vector<std::string> distinct(const std::vector<Summary>& summaries,
                                  std::string Summary::*member)
{
    std::vector<std::string> values;
    for (const auto& summary : summaries)
        if (std::find(values.begin(), values.end(), summary.*member) == values.end())
            values.push_back(summary.*member);
    return values;
}

std::string psnrCell(const std::vector<Summary>& summaries, const std::string& group,
                     const std::string& contender)
{
    for (const auto& summary : summaries)
        if (summary.group == group && summary.contender == contender)
            return figureOf(summary, measures().front());
    return missing;
}

/// A row for each group, a column for each contender: gain in PSNR, after the input's own.
std::string psnrTable(const std::vector<Summary>& summaries, const char* head)
{
    const auto contenders = distinct(summaries, &Summary::contender);
    std::vector<std::string> titles{head};
    titles.insert(titles.end(), contenders.begin(), contenders.end());
    std::string table = rowOf(titles) + ruleOf(titles.size());
    for (const auto& group : distinct(summaries, &Summary::group)) {
        std::vector<std::string> cells{group};
        for (const auto& contender : contenders)
            cells.push_back(psnrCell(summaries, group, contender));
        table += rowOf(cells);
    }
    return table;
}

constexpr const char* legend =
    "PSNR, SSIM, MS-SSIM, GMSD, the low band and the soft areas (RMSE in gray levels) of a method\n"
    "are gains over the input, with 95 % intervals over photographs; in the rows of the input\n"
    "and where the input was the truth itself, they are plain figures. Soft areas: where the\n"
    "truth is soft. Gradient energy: 1 is as sharp as the truth (as the input where no truth is\n"
    "known). Edge rise: 10–90 %, at the truth's steepest edges. Naturalness: distance from sharp\n"
    "photographs (not the published NIQE). Invention: share of the change that no local linear\n"
    "filter of the input explains. Seed deviation: of a value over the seeds, in gray levels.\n"
    "Oracles are told the true kernel, which no tool of a user is.\n";

/// A line for each optional contender that could not be run, with its first reason.
std::string failuresIn(const std::vector<Sample>& samples)
{
    std::map<std::string, std::string> reasons;
    for (const auto& sample : samples)
        if (!sample.failure.empty())
            reasons.try_emplace(sample.contender, sample.failure);
    std::string text;
    for (const auto& [contender, reason] : reasons)
        text += "- not available: " + contender + " (" + reason + ")\n";
    return text;
}

} // namespace

std::string asMarkdown(const Report& report)
{
    const auto classes = summarized(report.samples, &Sample::severity);
    std::string text = "# " + report.title + "\n\n";
    for (const auto& [name, value] : report.settings)
        text += "- " + name + ": " + value + "\n";
    for (const auto& [photo, reason] : report.leftOut)
        text += "- left out: " + photo + ": " + reason + "\n";
    text += failuresIn(report.samples);
    text += "\n" + fullTable(classes) + "\n" + legend;
    const auto blurred = blurredOnly(report.samples);
    const auto kinds = summarized(blurred, &Sample::blur);
    if (distinct(kinds, &Summary::group).size() < 2)
        return text;
    text += "\n## Gain in PSNR by kind of blur\n\n" + psnrTable(kinds, "blur");
    text += "\n## Gain in PSNR by finish\n\n" +
            psnrTable(summarized(blurred, &Sample::finish), "finish");
    return text;
}

} // namespace limpid::evaluation
