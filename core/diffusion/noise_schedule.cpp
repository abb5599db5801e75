// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/noise_schedule.h"

#include <algorithm>
#include <cmath>

namespace limpid::diffusion {

namespace {

template<class Beta>
std::vector<double> cumulated(int count, Beta beta)
{
    std::vector<double> alphaBars;
    double product = 1.0;
    for (int i = 0; i < count; ++i) {
        const double position = count > 1 ? static_cast<double>(i) / (count - 1) : 0.0;
        product *= 1.0 - beta(position);
        alphaBars.push_back(product);
    }
    return alphaBars;
}

} // namespace

double NoiseLevel::logSnr() const
{
    if (alpha <= 0.0)
        return -maxLogSnr;
    if (sigma <= 0.0)
        return maxLogSnr;
    return std::clamp(2.0 * std::log(alpha / sigma), -maxLogSnr, maxLogSnr);
}

NoiseLevel fromAlphaBar(double alphaBar)
{
    return {std::sqrt(alphaBar), std::sqrt(1.0 - alphaBar)};
}

NoiseLevel fromLogSnr(double logSnr)
{
    return fromAlphaBar(1.0 / (1.0 + std::exp(-logSnr)));
}

std::vector<double> linearAlphaBars(double firstBeta, double lastBeta, int count)
{
    return cumulated(count, [=](double t) { return std::lerp(firstBeta, lastBeta, t); });
}

std::vector<double> scaledLinearAlphaBars(double firstBeta, double lastBeta, int count)
{
    return cumulated(count, [=](double t) {
        const double root = std::lerp(std::sqrt(firstBeta), std::sqrt(lastBeta), t);
        return root * root;
    });
}

std::vector<double> withZeroTerminalSnr(std::vector<double> alphaBars)
{
    const double first = std::sqrt(alphaBars.front());
    const double last = std::sqrt(alphaBars.back());
    for (double& value : alphaBars) {
        const double root = (std::sqrt(value) - last) * first / (first - last);
        value = root * root;
    }
    return alphaBars;
}

} // namespace limpid::diffusion
