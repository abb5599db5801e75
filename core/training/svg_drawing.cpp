// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/svg_drawing.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iomanip>
#include <limits>
#include <set>

namespace limpid::training {

namespace {

constexpr std::array colors{"#3366aa", "#66aadd", "#cc7722", "#559944", "#993366",
                            "#777777", "#222222", "#bbaa33", "#33aaaa"};

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

constexpr int fewDigits = 4;

std::string withDigits(double value, int digits)
{
    std::ostringstream text;
    text << std::setprecision(digits) << (std::abs(value) < 1e-12 ? 0.0 : value);
    return text.str();
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
                          double width, const std::string& dashes)
{
    if (points.size() == 1)
        body_ << "<circle fill=\"" << color << "\" cx=\"" << points[0].x << "\" cy=\""
              << points[0].y << "\" r=\"" << 1.5 * width << "\"/>\n";
    body_ << "<polyline fill=\"none\" stroke=\"" << color << "\" stroke-width=\"" << width;
    if (!dashes.empty())
        body_ << "\" stroke-dasharray=\"" << dashes;
    body_ << "\" points=\"";
    for (const auto& point : points)
        body_ << point.x << ',' << point.y << ' ';
    body_ << "\"/>\n";
}

void SvgDrawing::addLegend(SvgPoint at, std::size_t number, const std::string& text)
{
    addBox({at.x, at.y - 10.0}, {12.0, 12.0}, colorOf(number));
    addText({at.x + 20.0, at.y}, text);
}

void SvgDrawing::addCurveLegend(SvgPoint at, std::size_t number, const std::string& text)
{
    addCurve({{at.x, at.y - 4.0}, {at.x + 20.0, at.y - 4.0}}, colorOf(number), 2.0,
             dashesOf(number));
    addText({at.x + 28.0, at.y}, text);
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
    return colors[number % colors.size()];
}

std::string dashesOf(std::size_t number)
{
    constexpr std::array dashes{"", "6 3", "2 3", "9 3 2 3"};
    return dashes[number / colors.size() % dashes.size()];
}

double widthOf(const std::string& text)
{
    constexpr double letter = 7.5; // of 12 pixels
    const auto letters = std::count_if(text.begin(), text.end(), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; // the first of a UTF-8 letter
    });
    return letter * static_cast<double>(letters);
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
    return withDigits(value, fewDigits);
}

std::vector<std::string> axisLabels(const std::vector<double>& values)
{
    std::vector<std::string> labels;
    for (int digits = fewDigits; digits <= std::numeric_limits<double>::max_digits10; ++digits) {
        labels.clear();
        for (const double value : values)
            labels.push_back(withDigits(value, digits));
        if (std::set<std::string>(labels.begin(), labels.end()).size() == labels.size())
            break;
    }
    return labels;
}

} // namespace limpid::training
