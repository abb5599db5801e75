// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/view/viewport.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace limpid::ui {

namespace {

constexpr std::array zoomFactors{1.0 / 32, 1.0 / 24, 1.0 / 16, 1.0 / 12, 1.0 / 8, 1.0 / 6, 1.0 / 4,
                                 1.0 / 3,  1.0 / 2,  2.0 / 3,  1.0,      1.5,     2.0,     3.0,
                                 4.0,      6.0,      8.0,      12.0,     16.0,    24.0,    32.0};

/// Closer than this two zoom factors are one.
constexpr double sameFactor = 1.001;

double clampAxis(double center, double picture, double pane, double overhang)
{
    if (picture <= pane)
        return picture / 2.0;
    const double least = pane / 2.0 - overhang;
    return std::clamp(center, least, picture - least);
}

bool liesBetween(double value, double from, double to)
{
    return value > std::min(from, to) * sameFactor && value < std::max(from, to) / sameFactor;
}

} // namespace

void Viewport::setPicture(Size picture)
{
    if (picture == picture_)
        return;
    picture_ = picture;
    fit();
}

void Viewport::setPane(QSize pane, int margin)
{
    pane_ = pane;
    margin_ = margin;
    if (fit_)
        fit();
    else
        zoomTo(zoom_, middle());
}

double Viewport::fitZoom() const
{
    if (picture_.isEmpty() || pane_.isEmpty())
        return 1.0;
    const double width = std::max(1, pane_.width() - 2 * margin_);
    const double height = std::max(1, pane_.height() - 2 * margin_);
    return std::min({width / picture_.width, height / picture_.height, maximumFitZoom});
}

double Viewport::minimumZoom() const
{
    return std::min(fitZoom(), 1.0) / 2.0;
}

void Viewport::fit()
{
    fit_ = true;
    zoom_ = fitZoom();
    center_ = {picture_.width / 2.0, picture_.height / 2.0};
}

void Viewport::zoomTo(double zoom, QPointF anchor)
{
    const QPointF kept = (anchor - exactOrigin()) / zoom_;
    zoom_ = std::clamp(zoom, minimumZoom(), maximumZoom);
    center_ = kept - (anchor - middle()) / zoom_;
    fit_ = false;
    clampCenter();
}

void Viewport::zoomBy(double factor, QPointF anchor)
{
    const double target = zoom_ * factor;
    if (!fit_ && liesBetween(fitZoom(), zoom_, target))
        fit();
    else
        zoomTo(liesBetween(1.0, zoom_, target) ? 1.0 : target, anchor);
}

void Viewport::zoomStep(int direction, QPointF anchor)
{
    if (direction > 0) {
        const auto next = std::find_if(zoomFactors.begin(), zoomFactors.end(),
                                       [this](double f) { return f > zoom_ * sameFactor; });
        zoomTo(next == zoomFactors.end() ? maximumZoom : *next, anchor);
    } else {
        const auto next = std::find_if(zoomFactors.rbegin(), zoomFactors.rend(),
                                       [this](double f) { return f < zoom_ / sameFactor; });
        zoomTo(next == zoomFactors.rend() ? minimumZoom() : *next, anchor);
    }
}

void Viewport::panBy(QPointF delta)
{
    center_ -= delta / zoom_;
    clampCenter();
}

QPoint Viewport::origin() const
{
    const QPointF exact = exactOrigin();
    return {static_cast<int>(std::lround(exact.x())), static_cast<int>(std::lround(exact.y()))};
}

QPointF Viewport::toPane(QPointF image) const
{
    return QPointF(origin()) + image * zoom_;
}

QPointF Viewport::toImage(QPointF pane) const
{
    return (pane - QPointF(origin())) / zoom_;
}

QRect Viewport::toPane(const Rect& image) const
{
    const QPointF from = toPane(QPointF(image.x, image.y));
    const QPointF to = toPane(QPointF(image.right(), image.bottom()));
    return QRect(from.toPoint(), to.toPoint() - QPoint(1, 1));
}

QPointF Viewport::exactOrigin() const
{
    return middle() - center_ * zoom_;
}

void Viewport::clampCenter()
{
    const double overhang = margin_ / zoom_;
    center_.setX(clampAxis(center_.x(), picture_.width, pane_.width() / zoom_, overhang));
    center_.setY(clampAxis(center_.y(), picture_.height, pane_.height() / zoom_, overhang));
}

} // namespace limpid::ui
