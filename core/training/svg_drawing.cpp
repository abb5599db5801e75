// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/svg_drawing.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iomanip>

namespace limpid::training {

namespace {

std::string escaped(const std::string& text)
{
    std::string result;
    for (const char c : text) {
        switch (c) {
        case '<': result += "&lt;"; break;
        case '>': result += "&gt;"; break;
        case '&': result += "&amp;"; break;
        case '"': result += "&quot;"; break;
        default: result += c;
        }
    }
    return result;
}

} // namespace

SvgDrawing::SvgDrawing()
{
    body_ << std::fixed << std::setprecision(1);
}

void SvgDrawing::addText(SvgPoint at, const std::string& text)
{
    body_ << "<text x=\"" << at.x << "\" y=\"" << at.y << "\">" << escaped(text) << "</text>\n";
}

void SvgDrawing::addLine(SvgPoint from, SvgPoint to, const std::string& color)
{
    body_ << "<line x1=\"" << from.x << "\" y1=\"" << from.y << "\" x2=\"" << to.x << "\" y2=\""
          << to.y << "\" stroke=\"" << color << "\"/>\n";
}

void SvgDrawing::addBox(SvgPoint topLeft, SvgPoint size, const std::string& color)
{
    body_ << "<rect fill=\"" << color << "\" x=\"" << topLeft.x << "\" y=\"" << topLeft.y
          << "\" width=\"" << size.x << "\" height=\"" << size.y << "\"/>\n";
}

void SvgDrawing::addCurve(const std::vector<SvgPoint>& points, const std::string& color,
                          double width)
{
    body_ << "<polyline fill=\"none\" stroke=\"" << color << "\" stroke-width=\"" << width
          << "\" points=\"";
    for (const auto& point : points)
        body_ << point.x << ',' << point.y << ' ';
    body_ << "\"/>\n";
}

void SvgDrawing::addLegend(SvgPoint at, std::size_t number, const std::string& text)
{
    addBox({at.x, at.y - 10.0}, {12.0, 12.0}, colorOf(number));
    addText({at.x + 20.0, at.y}, text);
}

std::string SvgDrawing::finished(SvgPoint size) const
{
    std::ostringstream file;
    file << std::fixed << std::setprecision(0)
         << "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" << size.x << "\" height=\""
         << size.y << "\" font-family=\"sans-serif\" font-size=\"12\">\n"
         << "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
         << body_.str() << "</svg>\n";
    return file.str();
}

std::string colorOf(std::size_t number)
{
    constexpr std::array colors{"#3366aa", "#66aadd", "#cc7722", "#559944", "#993366",
                                "#777777", "#222222", "#bbaa33", "#33aaaa"};
    return colors[number % colors.size()];
}

std::vector<double> ticksBetween(double lowest, double highest, int about)
{
    const double rough = std::max(highest - lowest, 1e-12) / about;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    double step = 10.0 * power;
    for (const double factor : {5.0, 2.0, 1.0})
        if (factor * power >= rough)
            step = factor * power;
    std::vector<double> ticks;
    const auto last = static_cast<long>(std::floor(highest / step + 1e-9));
    for (auto i = static_cast<long>(std::ceil(lowest / step - 1e-9)); i <= last; ++i)
        ticks.push_back(static_cast<double>(i) * step);
    return ticks;
}

std::string axisLabel(double value)
{
    std::ostringstream text;
    text << std::setprecision(4) << (std::abs(value) < 1e-12 ? 0.0 : value);
    return text.str();
}

} // namespace limpid::training
