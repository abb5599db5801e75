// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/report.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iomanip>
#include <sstream>

namespace limpid::evaluation {

namespace {

constexpr double plotTop = 40.0;
constexpr double plotHeight = 260.0;
constexpr double plotLeft = 60.0;
constexpr double barWidth = 18.0;
constexpr double groupGap = 36.0;
constexpr std::array colors{"#3366aa", "#66aadd", "#cc7722", "#559944", "#993366", "#777777"};

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

/// Names come from files and options.
std::string escaped(const std::string& text)
{
    std::string result;
    for (const char c : text)
        result += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
    return result;
}

void drawText(std::ostream& out, double x, double y, const std::string& text)
{
    out << "<text x=\"" << x << "\" y=\"" << y << "\">" << escaped(text) << "</text>\n";
}

void drawAxis(std::ostream& out, const Chart& chart, double width)
{
    const double span = chart.highest - chart.lowest;
    const double step = span > 20.0 ? 5.0 : span > 8.0 ? 2.0 : span > 4.0 ? 1.0 : 0.5;
    const double first = std::ceil(chart.lowest / step) * step;
    for (double value = first; value <= chart.highest + 1e-9; value += step) {
        out << "<line x1=\"" << plotLeft << "\" x2=\"" << width << "\" y1=\"" << chart.y(value)
            << "\" y2=\"" << chart.y(value) << "\" stroke=\""
            << (std::abs(value) < 1e-9 ? "#000" : "#ddd") << "\"/>\n";
        std::ostringstream label;
        label << value;
        drawText(out, 10.0, chart.y(value) + 4.0, label.str());
    }
}

void drawBar(std::ostream& out, const Chart& chart, const Interval& interval, double x,
             const char* color)
{
    const double top = chart.y(std::max(interval.mean, 0.0));
    const double bottom = chart.y(std::min(interval.mean, 0.0));
    out << "<rect fill=\"" << color << "\" x=\"" << x << "\" y=\"" << top << "\" width=\""
        << barWidth << "\" height=\"" << bottom - top << "\"/>\n";
    const double half = halfOf(interval);
    const double high = std::min(interval.mean + half, chart.highest);
    const double low = std::max(interval.mean - half, chart.lowest);
    out << "<line x1=\"" << x + barWidth / 2 << "\" x2=\"" << x + barWidth / 2 << "\" y1=\""
        << chart.y(high) << "\" y2=\"" << chart.y(low) << "\" stroke=\"#000\"/>\n";
}

} // namespace

std::string asSvg(const Report& report)
{
    const auto summaries = summarized(report.samples, &Sample::severity);
    const bool gains = std::any_of(summaries.begin(), summaries.end(), [](const auto& summary) {
        return summary.gain.contains("psnr");
    });
    const auto chart = chartOf(summaries, gains);
    std::ostringstream body;
    body << std::fixed << std::setprecision(1);
    std::map<std::string, std::size_t> order;
    double x = plotLeft + 10.0;
    for (const auto& cluster : chart.clusters) {
        drawText(body, x, plotTop + plotHeight + 20.0, cluster.group);
        const double start = x;
        for (const auto& [contender, interval] : cluster.bars) {
            const auto place = order.try_emplace(contender, order.size()).first->second;
            drawBar(body, chart, interval, x, colors[place % colors.size()]);
            x += barWidth + 4.0;
        }
        x = std::max(x, start + 90.0) + groupGap;
    }
    const double legendTop = plotTop + plotHeight + 45.0;
    for (const auto& [contender, place] : order) {
        const double y = legendTop + 18.0 * static_cast<double>(place);
        body << "<rect fill=\"" << colors[place % colors.size()] << "\" x=\"" << plotLeft
             << "\" y=\"" << y - 10.0 << "\" width=\"12\" height=\"12\"/>\n";
        drawText(body, plotLeft + 20.0, y, contender);
    }
    const double height = legendTop + 18.0 * static_cast<double>(order.size());
    std::ostringstream svg;
    svg << "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" << x << "\" height=\"" << height
        << "\" font-family=\"sans-serif\" font-size=\"12\">\n"
        << "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n";
    drawText(svg, plotLeft, 20.0, chart.title);
    drawAxis(svg, chart, x);
    svg << body.str() << "</svg>\n";
    return svg.str();
}

} // namespace limpid::evaluation
