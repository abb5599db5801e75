// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/run_plot.h"

#include "core/base/atomic_file.h"
#include "core/training/svg_drawing.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <span>

namespace limpid::training {

namespace {

constexpr double left = 60.0;
constexpr double plotWidth = 640.0;
constexpr double plotHeight = 200.0;
constexpr double panelHeight = 260.0;
constexpr double top = 60.0;
const std::string faint = "#ccd6e6";
const std::string grid = "#dddddd";

/// From where to where an axis goes.
struct Range {
    double lowest = 0.0;
    double highest = 1.0;

    double share(double value) const { return (value - lowest) / (highest - lowest); }
};

double secondOf(const std::pair<double, double>& point)
{
    return point.second;
}

/// Of all values, with a little room; a few wild ones do not flatten the rest.
Range rangeOf(std::vector<double> values)
{
    if (values.empty())
        return {};
    std::sort(values.begin(), values.end());
    const auto at = [&values](double share) {
        return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
    };
    const double room = std::max(0.08 * (at(0.99) - at(0.01)), 1e-6);
    return {at(0.01) - room, at(0.99) + room};
}

std::vector<double> valuesOf(const Curve& curve)
{
    std::vector<double> values;
    std::transform(curve.begin(), curve.end(), std::back_inserter(values), secondOf);
    return values;
}

/// Mean over the neighbors, each way a hundredth of the curve.
Curve averaged(const Curve& curve)
{
    const std::size_t reach = std::max<std::size_t>(1, curve.size() / 100);
    Curve result;
    for (std::size_t i = 0; i < curve.size(); ++i) {
        const std::size_t first = i < reach ? 0 : i - reach;
        const std::size_t last = std::min(curve.size() - 1, i + reach);
        double sum = 0.0;
        for (std::size_t j = first; j <= last; ++j)
            sum += curve[j].second;
        result.emplace_back(curve[i].first, sum / static_cast<double>(last - first + 1));
    }
    return result;
}

/// One plot below the others, with axes.
class Panel {
public:
    Panel(SvgDrawing& drawing, double number, Range steps, Range values)
        : drawing_(drawing), top_(top + number * panelHeight), steps_(steps), values_(values)
    {}

    SvgPoint at(double step, double value) const
    {
        const double share = std::clamp(values_.share(value), 0.0, 1.0);
        return {left + plotWidth * steps_.share(step), top_ + plotHeight * (1.0 - share)};
    }

    /// label: the words for a value of the axis.
    template<class Label>
    void drawAxes(const std::string& title, Label label)
    {
        drawing_.addText({left, top_ - 8.0}, title);
        for (const double value : ticksBetween(values_.lowest, values_.highest, 5)) {
            const double y = at(steps_.lowest, value).y;
            drawing_.addLine({left, y}, {left + plotWidth, y}, grid);
            drawing_.addText({8.0, y + 4.0}, label(value));
        }
        for (const double step : ticksBetween(steps_.lowest, steps_.highest, 6)) {
            const double x = at(step, values_.lowest).x;
            drawing_.addLine({x, top_ + plotHeight}, {x, top_ + plotHeight + 4.0}, "#000000");
            drawing_.addText({x - 10.0, top_ + plotHeight + 18.0}, axisLabel(step));
        }
    }

    void draw(const Curve& curve, const std::string& color, double width)
    {
        std::vector<SvgPoint> points;
        for (const auto& [step, value] : curve)
            points.push_back(at(step, value));
        drawing_.addCurve(points, color, width);
    }

private:
    SvgDrawing& drawing_;
    double top_;
    Range steps_;
    Range values_;
};

Curve logarithms(const Curve& curve)
{
    Curve result;
    for (const auto& [step, value] : curve)
        if (value > 0.0)
            result.emplace_back(step, std::log10(value));
    return result;
}

void drawGains(SvgDrawing& drawing, const RunHistory& history, Range steps)
{
    std::vector<double> all{0.0};
    for (const auto& [name, curve] : history.gains)
        for (const double value : valuesOf(curve))
            all.push_back(value);
    const auto [lowest, highest] = std::minmax_element(all.begin(), all.end());
    Panel panel(drawing, 2.0, steps, {*lowest - 0.05, *highest + 0.1});
    panel.drawAxes("Validation: gain over the input, dB", axisLabel);
    for (std::size_t i = 0; i < history.gains.size(); ++i) {
        panel.draw(history.gains[i].second, colorOf(i), 2.0);
        drawing.addLegend({left + plotWidth + 16.0,
                           top + 2.0 * panelHeight + 12.0 + 18.0 * static_cast<double>(i)},
                          i, history.gains[i].first);
    }
}

} // namespace

std::string asSvg(const RunHistory& history, const std::string& title)
{
    double last = 1.0;
    for (const Curve* curve : {&history.loss, &history.ratio})
        if (!curve->empty())
            last = std::max(last, curve->back().first);
    const Range steps{0.0, last};
    SvgDrawing drawing;
    drawing.addText({left, 24.0}, title);

    const auto loss = logarithms(history.loss);
    Panel lossPanel(drawing, 0.0, steps, rangeOf(valuesOf(loss)));
    lossPanel.drawAxes("Loss (logarithmic)",
                       [](double value) { return axisLabel(std::pow(10.0, value)); });
    lossPanel.draw(loss, faint, 1.0);
    lossPanel.draw(averaged(loss), colorOf(0), 2.0);

    Panel ratioPanel(drawing, 1.0, steps, rangeOf(valuesOf(history.ratio)));
    ratioPanel.drawAxes("Ratio: error of the answer over that of the unchanged input", axisLabel);
    ratioPanel.draw(history.ratio, faint, 1.0);
    ratioPanel.draw(averaged(history.ratio), colorOf(0), 2.0);

    if (!history.gains.empty())
        drawGains(drawing, history, steps);
    return drawing.finished({left + plotWidth + 200.0, top + 3.0 * panelHeight});
}

Result<std::filesystem::path> writeRunPlot(const std::filesystem::path& run)
{
    const auto history = readRunHistory(run);
    if (!history)
        return tl::unexpected(history.error());
    const auto target = run / "plot.svg";
    const auto svg = asSvg(*history, "Training run " + absolute(run).filename().string());
    if (const auto written = writeFileAtomically(target, std::as_bytes(std::span(svg))); !written)
        return tl::unexpected(written.error());
    return target;
}

} // namespace limpid::training
