// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/report.h"
#include "core/training/svg_drawing.h"

#include <algorithm>
#include <cmath>

namespace limpid::evaluation {

namespace {

using training::SvgDrawing;

constexpr double plotTop = 40.0;
constexpr double plotHeight = 260.0;
constexpr double plotLeft = 60.0;
constexpr double barWidth = 18.0;
constexpr double barPitch = 22.0;
constexpr double leastWidth = 120.0; // the name of a class fits
constexpr double groupGap = 30.0;

struct Bar {
    std::string contender;
    Interval interval;
};

struct Cluster {
    std::string group;
    std::vector<Bar> bars;
};

/// What is drawn, and from where to where its axis goes.
struct Chart {
    std::string title;
    std::vector<Cluster> clusters;
    double lowest = 0.0;
    double highest = 0.0;

    double y(double value) const
    {
        return plotTop + plotHeight * (highest - value) / (highest - lowest);
    }
};

double halfOf(const Interval& interval)
{
    return std::isnan(interval.half) ? 0.0 : interval.half;
}

/// Intervals far beyond the bars, as of two photographs, do not flatten the bars.
void fitAxis(Chart& chart)
{
    double largest = 0.5;
    for (const auto& cluster : chart.clusters)
        for (const auto& bar : cluster.bars)
            largest = std::max(largest, std::abs(bar.interval.mean));
    for (const auto& cluster : chart.clusters)
        for (const auto& [contender, interval] : cluster.bars) {
            const double half = std::min(halfOf(interval), largest);
            chart.lowest = std::min(chart.lowest, interval.mean - half);
            chart.highest = std::max(chart.highest, interval.mean + half);
        }
    chart.lowest = std::floor(chart.lowest * 2.0) / 2.0;
    chart.highest = std::max(std::ceil(chart.highest * 2.0) / 2.0, chart.lowest + 0.5);
}

Chart chartOf(const std::vector<Summary>& summaries, bool gains)
{
    Chart chart{.title = gains ? "Gain in PSNR over the input, dB" : "Gradient energy",
                .clusters = {}};
    for (const auto& summary : summaries) {
        if (summary.contender == inputName || hadNothingToGain(summary))
            continue;
        const auto& figures = gains ? summary.gain : summary.output;
        const auto found = figures.find(gains ? "psnr" : "gradient_ratio");
        if (found == figures.end())
            continue;
        if (chart.clusters.empty() || chart.clusters.back().group != summary.group)
            chart.clusters.push_back({summary.group, {}});
        chart.clusters.back().bars.push_back({summary.contender, found->second});
    }
    fitAxis(chart);
    return chart;
}

void drawAxis(SvgDrawing& drawing, const Chart& chart, double width)
{
    for (const double value : training::ticksBetween(chart.lowest, chart.highest, 8)) {
        drawing.addLine({plotLeft, chart.y(value)}, {width, chart.y(value)},
                        std::abs(value) < 1e-9 ? "#000" : "#ddd");
        drawing.addText({10.0, chart.y(value) + 4.0}, training::axisLabel(value));
    }
}

void drawBar(SvgDrawing& drawing, const Chart& chart, const Interval& interval, double x,
             const std::string& color)
{
    const double top = chart.y(std::max(interval.mean, 0.0));
    const double bottom = chart.y(std::min(interval.mean, 0.0));
    drawing.addBox({x, top}, {barWidth, bottom - top}, color);
    const double half = halfOf(interval);
    const double middle = x + barWidth / 2;
    drawing.addLine({middle, chart.y(std::min(interval.mean + half, chart.highest))},
                    {middle, chart.y(std::max(interval.mean - half, chart.lowest))}, "#000");
}

/// The contenders in the order in which they first occur: their colors.
std::vector<std::string> contendersIn(const Chart& chart)
{
    std::vector<std::string> names;
    for (const auto& cluster : chart.clusters)
        for (const auto& bar : cluster.bars)
            if (std::find(names.begin(), names.end(), bar.contender) == names.end())
                names.push_back(bar.contender);
    return names;
}

double widthOf(const Cluster& cluster)
{
    return std::max(static_cast<double>(cluster.bars.size()) * barPitch, leastWidth) + groupGap;
}

void drawCluster(SvgDrawing& drawing, const Chart& chart, const Cluster& cluster, double x,
                 const std::vector<std::string>& names)
{
    drawing.addText({x, plotTop + plotHeight + 20.0}, cluster.group);
    for (const auto& [contender, interval] : cluster.bars) {
        const auto place = std::find(names.begin(), names.end(), contender) - names.begin();
        drawBar(drawing, chart, interval, x, training::colorOf(static_cast<std::size_t>(place)));
        x += barPitch;
    }
}

} // namespace

std::string asSvg(const Report& report)
{
    const auto summaries = summarized(report.samples, &Sample::severity);
    const bool gains = std::any_of(summaries.begin(), summaries.end(), [](const auto& summary) {
        return summary.gain.contains("psnr");
    });
    const auto chart = chartOf(summaries, gains);
    const auto names = contendersIn(chart);
    double width = plotLeft + 10.0;
    for (const auto& cluster : chart.clusters)
        width += widthOf(cluster);

    SvgDrawing drawing;
    drawing.addText({plotLeft, 20.0}, chart.title);
    drawAxis(drawing, chart, width);
    double x = plotLeft + 10.0;
    for (const auto& cluster : chart.clusters) {
        drawCluster(drawing, chart, cluster, x, names);
        x += widthOf(cluster);
    }
    double y = plotTop + plotHeight + 45.0;
    for (std::size_t i = 0; i < names.size(); ++i, y += 18.0)
        drawing.addLegend({plotLeft, y}, i, names[i]);
    return drawing.finished({std::max(width, 360.0), y});
}

} // namespace limpid::evaluation
