// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <sstream>
#include <string>
#include <vector>

namespace limpid::training {

/// A place on the drawing in pixels, y downwards.
struct SvgPoint {
    double x = 0.0;
    double y = 0.0;
};

/// An SVG file in the making: black sans-serif letters on white.
class SvgDrawing {
public:
    SvgDrawing();

    void addText(SvgPoint at, const std::string& text);
    void addLine(SvgPoint from, SvgPoint to, const std::string& color);
    void addBox(SvgPoint topLeft, SvgPoint size, const std::string& color);
    void addCurve(const std::vector<SvgPoint>& points, const std::string& color, double width);

    /// A colored square and what the color stands for.
    void addLegend(SvgPoint at, std::size_t number, const std::string& text);

    /// The whole file.
    std::string finished(SvgPoint size) const;

private:
    std::ostringstream body_;
};

/// The color of the n-th thing that is drawn; they repeat after nine.
std::string colorOf(std::size_t number);

/// Round values (1, 2 or 5 times a power of ten apart) within an axis, about `about` of them.
std::vector<double> ticksBetween(double lowest, double highest, int about);

/// A value as an axis is labelled with: no more digits than it takes.
std::string axisLabel(double value);

} // namespace limpid::training
