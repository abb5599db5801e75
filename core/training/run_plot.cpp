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
constexpr double legendLeft = left + plotWidth + 16.0;
constexpr double legendPitch = 18.0;
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

/// Of all values, with a little room; of ten and more the wildest one in a hundred, or one, on
/// either side does not flatten the rest, and what hardly changes does not fill the plot.
Range rangeOf(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    const std::size_t count = values.size();
    const std::size_t wild = count < 10 ? 0 : (count + 99) / 100;
    const double lowest = values[wild];
    const double highest = values[count - 1 - wild];
    const double room = std::max(0.08 * (highest - lowest), 0.005);
    return {lowest - room, highest + room};
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

    /// meaning: what a value of the axis stands for.
    template<class Meaning>
    void drawAxes(const std::string& title, Meaning meaning)
    {
        drawing_.addText({left, top_ - 8.0}, title);
        const auto values = ticksBetween(values_.lowest, values_.highest, 5);
        std::vector<double> meant;
        std::transform(values.begin(), values.end(), std::back_inserter(meant), meaning);
        const auto labels = axisLabels(meant);
        for (std::size_t i = 0; i < values.size(); ++i) {
            const double y = at(steps_.lowest, values[i]).y;
            drawing_.addLine({left, y}, {left + plotWidth, y}, grid);
            drawing_.addText({8.0, y + 4.0}, labels[i]);
        }
        const auto steps = ticksBetween(steps_.lowest, steps_.highest, 6);
        const auto stepLabels = axisLabels(steps);
        for (std::size_t i = 0; i < steps.size(); ++i) {
            const double x = at(steps[i], values_.lowest).x;
            drawing_.addLine({x, top_ + plotHeight}, {x, top_ + plotHeight + 4.0}, "#000000");
            drawing_.addText({x - 10.0, top_ + plotHeight + 18.0}, stepLabels[i]);
        }
    }

    /// As it is, and averaged.
    void drawReports(const Curve& curve)
    {
        draw(curve, 1.0, faint);
        draw(averaged(curve), 2.0, colorOf(0));
    }

    /// The n-th of many, with its legend beside the plot.
    void drawNamed(const Curve& curve, std::size_t number, const std::string& name)
    {
        draw(curve, 2.0, colorOf(number), dashesOf(number));
        drawing_.addCurveLegend(
            {legendLeft, top_ + 12.0 + legendPitch * static_cast<double>(number)}, number, name);
    }

private:
    void draw(const Curve& curve, double width, const std::string& color,
              const std::string& dashes = {})
    {
        std::vector<SvgPoint> points;
        for (const auto& [step, value] : curve)
            points.push_back(at(step, value));
        drawing_.addCurve(points, color, width, dashes);
    }

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

double asItIs(double value)
{
    return value;
}

Range rangeOfGains(const RunHistory& history)
{
    std::vector<double> all{0.0};
    for (const auto& [name, curve] : history.gains)
        for (const double value : valuesOf(curve))
            all.push_back(value);
    const auto [lowest, highest] = std::minmax_element(all.begin(), all.end());
    return {*lowest - 0.05, *highest + 0.1};
}

/// From the first to the last that anything was reported of.
Range stepsOf(const RunHistory& history)
{
    double last = 1.0;
    const auto reach = [&last](const Curve& curve) {
        if (!curve.empty())
            last = std::max(last, curve.back().first);
    };
    reach(history.loss);
    reach(history.ratio);
    for (const auto& [name, curve] : history.gains)
        reach(curve);
    return {0.0, last};
}

/// That everything is on, with `panels` plots of which the last may have legends beside it.
SvgPoint sizeFor(const RunHistory& history, double panels)
{
    SvgPoint size{legendLeft, top + panels * panelHeight};
    for (const auto& [name, curve] : history.gains)
        size.x = std::max(size.x, legendLeft + 28.0 + widthOf(name) + 8.0);
    const double legends = legendPitch * static_cast<double>(history.gains.size());
    size.y = std::max(size.y, top + (panels - 1.0) * panelHeight + 12.0 + legends);
    return size;
}

} // namespace

std::string asSvg(const RunHistory& history, const std::string& title)
{
    const Range steps = stepsOf(history);
    SvgDrawing drawing;
    drawing.addText({left, 24.0}, title);
    double panels = 0.0;
    if (const auto loss = logarithms(history.loss); !loss.empty()) {
        Panel panel(drawing, panels++, steps, rangeOf(valuesOf(loss)));
        panel.drawAxes("Loss (logarithmic)", [](double value) { return std::pow(10.0, value); });
        panel.drawReports(loss);
    }
    if (!history.ratio.empty()) {
        Panel panel(drawing, panels++, steps, rangeOf(valuesOf(history.ratio)));
        panel.drawAxes("Ratio: error of the answer over that of the unchanged input", asItIs);
        panel.drawReports(history.ratio);
    }
    if (!history.gains.empty()) {
        Panel panel(drawing, panels++, steps, rangeOfGains(history));
        panel.drawAxes("Validation: gain over the input, dB", asItIs);
        for (std::size_t i = 0; i < history.gains.size(); ++i)
            panel.drawNamed(history.gains[i].second, i, history.gains[i].first);
    }
    return drawing.finished(sizeFor(history, panels));
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
