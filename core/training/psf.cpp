// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/psf.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>
#include <numeric>

namespace limpid::training {

namespace {

constexpr int pathPoints = 400;

Psf emptyPsf()
{
    return Psf(static_cast<std::size_t>(psfSide) * psfSide, 0.0F);
}

void normalize(Psf& psf)
{
    const float sum = std::accumulate(psf.begin(), psf.end(), 0.0F);
    for (float& weight : psf)
        weight /= sum;
}

void splat(Psf& psf, double x, double y)
{
    const double column = std::clamp(x + psfRadius, 0.0, psfSide - 1.001);
    const double row = std::clamp(y + psfRadius, 0.0, psfSide - 1.001);
    const auto left = static_cast<std::size_t>(column);
    const auto top = static_cast<std::size_t>(row);
    const double fx = column - static_cast<double>(left);
    const double fy = row - static_cast<double>(top);
    float* const cell = &psf[top * psfSide + left];
    cell[0] += static_cast<float>((1 - fx) * (1 - fy));
    cell[1] += static_cast<float>(fx * (1 - fy));
    cell[psfSide] += static_cast<float>((1 - fx) * fy);
    cell[psfSide + 1] += static_cast<float>(fx * fy);
}

/// Centered on the centroid, and as large as asked: the larger side of the bounding box.
Trajectory fitted(Trajectory path, double extentPixels)
{
    for (auto* axis : {&path.x, &path.y}) {
        const double mean =
            std::accumulate(axis->begin(), axis->end(), 0.0) / static_cast<double>(axis->size());
        for (double& value : *axis)
            value -= mean;
    }
    const auto [left, right] = std::minmax_element(path.x.begin(), path.x.end());
    const auto [top, bottom] = std::minmax_element(path.y.begin(), path.y.end());
    const double extent = std::max({*right - *left, *bottom - *top, 1e-6});
    return path.turned(0.0, extentPixels / extent);
}

template<class Weight>
Psf radialPsf(Weight weight)
{
    auto psf = emptyPsf();
    for (int y = 0; y < psfSide; ++y)
        for (int x = 0; x < psfSide; ++x)
            psf[static_cast<std::size_t>(y * psfSide + x)] =
                static_cast<float>(weight(std::hypot(x - psfRadius, y - psfRadius)));
    normalize(psf);
    return psf;
}

} // namespace

Trajectory Trajectory::turned(double angle, double scale) const
{
    Trajectory result;
    for (std::size_t i = 0; i < x.size(); ++i) {
        result.x.push_back(scale * (x[i] * std::cos(angle) - y[i] * std::sin(angle)));
        result.y.push_back(scale * (x[i] * std::sin(angle) + y[i] * std::cos(angle)));
    }
    return result;
}

Trajectory cameraShake(Dice& dice, double extentPixels)
{
    using Complex = std::complex<double>;
    constexpr std::array anxieties{0.005, 0.003, 0.001, 0.0002};
    const double anxiety = anxieties[static_cast<std::size_t>(dice.below(4))];
    const double centripetal = dice.uniform(0.0, 0.7) * 1e-3;
    const double jerkChance = dice.uniform(0.0, 0.2) * anxiety * 10;
    const double speed = 1.0;

    Complex velocity = std::polar(speed, dice.uniform(0.0, 2 * std::numbers::pi));
    Complex position = 0.0;
    Trajectory path;
    for (int i = 0; i < pathPoints; ++i) {
        path.x.push_back(position.real());
        path.y.push_back(position.imag());
        Complex change =
            anxiety * 20 * Complex(dice.normal(), dice.normal()) - centripetal * position;
        if (dice.chance(jerkChance))
            change += 2.0 * velocity * std::polar(1.0, std::numbers::pi + dice.uniform(-0.5, 0.5));
        velocity += change;
        velocity *= speed / std::max(std::abs(velocity), 1e-9);
        position += velocity;
    }
    return fitted(std::move(path), extentPixels);
}

Trajectory linearMotion(Dice& dice, double extentPixels)
{
    const double angle = dice.uniform(0.0, std::numbers::pi);
    const double bend = dice.chance(0.5) ? dice.uniform(-0.3, 0.3) : 0.0;
    Trajectory path;
    for (int i = 0; i < pathPoints; ++i) {
        const double t = static_cast<double>(i) / (pathPoints - 1) - 0.5;
        path.x.push_back(t);
        path.y.push_back(bend * (t * t - 1.0 / 12.0));
    }
    return fitted(path.turned(angle, 1.0), extentPixels);
}

Psf psfOf(const Trajectory& trajectory)
{
    auto psf = emptyPsf();
    for (std::size_t i = 0; i < trajectory.x.size(); ++i)
        splat(psf, trajectory.x[i], trajectory.y[i]);
    normalize(psf);
    return psf;
}

Psf defocusDisk(double radius)
{
    return radialPsf([radius](double r) { return std::clamp(radius + 0.5 - r, 0.0, 1.0); });
}

Psf gaussianPsf(double sigma)
{
    return radialPsf([sigma](double r) { return std::exp(-0.5 * r * r / (sigma * sigma)); });
}

Psf identityPsf()
{
    auto psf = emptyPsf();
    psf[static_cast<std::size_t>(psfRadius * psfSide + psfRadius)] = 1.0F;
    return psf;
}

Psf convolved(const Psf& a, const Psf& b)
{
    auto result = emptyPsf();
    const auto addShifted = [&](int row, int column, float weight) {
        const int top = std::max(0, row - psfRadius);
        const int bottom = std::min(psfSide, row - psfRadius + psfSide);
        for (int y = top; y < bottom; ++y) {
            const int left = std::max(0, column - psfRadius);
            const int right = std::min(psfSide, column - psfRadius + psfSide);
            for (int x = left; x < right; ++x)
                result[static_cast<std::size_t>(y * psfSide + x)] +=
                    weight * b[static_cast<std::size_t>((y - row + psfRadius) * psfSide + x -
                                                        column + psfRadius)];
        }
    };
    for (int row = 0; row < psfSide; ++row)
        for (int column = 0; column < psfSide; ++column)
            if (const float weight = a[static_cast<std::size_t>(row * psfSide + column)];
                weight > 0.0F)
                addShifted(row, column, weight);
    normalize(result);
    return result;
}

} // namespace limpid::training
