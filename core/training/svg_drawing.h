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

    /// dashes: lengths in pixels, drawn and left out in turn; empty: unbroken. A single point is
    /// drawn as a dot.
    void addCurve(const std::vector<SvgPoint>& points, const std::string& color, double width,
                  const std::string& dashes = {});

    /// A colored square and what the color stands for.
    void addLegend(SvgPoint at, std::size_t number, const std::string& text);

    /// The same for a curve: a piece of it with its color and dashes, 20 pixels long.
    void addCurveLegend(SvgPoint at, std::size_t number, const std::string& text);

    /// The whole file.
    std::string finished(SvgPoint size) const;

private:
    std::ostringstream body_;
};

/// The color of the n-th thing that is drawn; they repeat after nine.
std::string colorOf(std::size_t number);

/// The dashes of the n-th curve, others for each round of colors; after four they repeat, too.
std::string dashesOf(std::size_t number);

/// About as wide as the letters of a text are drawn, in pixels, rather too wide.
double widthOf(const std::string& text);

/// Round values (1, 2 or 5 times a power of ten apart) within an axis, about `about` of them.
std::vector<double> ticksBetween(double lowest, double highest, int about);

/// A value as an axis is labelled with: no more digits than it takes.
std::string axisLabel(double value);

/// The same for all values of an axis, with as many digits more as tell them apart.
std::vector<std::string> axisLabels(const std::vector<double>& values);

} // namespace limpid::training
