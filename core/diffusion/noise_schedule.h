// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace limpid::diffusion {

/// One level of the variance-preserving process: x_t = alpha · x₀ + sigma · ε, α² + σ² = 1.
struct NoiseLevel {
    double alpha = 0.0;
    double sigma = 1.0;

    /// log(α²/σ²), clamped to ±maxLogSnr: −maxLogSnr at pure noise, +maxLogSnr at a clean picture.
    double logSnr() const;

    static constexpr double maxLogSnr = 12.0;

    friend bool operator==(const NoiseLevel&, const NoiseLevel&) = default;
};

/// The level with this ᾱ (cumulative product of 1 − β): α = √ᾱ.
NoiseLevel fromAlphaBar(double alphaBar);

/// The level with this log(α²/σ²).
NoiseLevel fromLogSnr(double logSnr);

constexpr NoiseLevel pureNoise{0.0, 1.0};
constexpr NoiseLevel cleanPicture{1.0, 0.0};

/// ᾱ of each of `count` steps for β rising linearly (Ho et al. 2020).
std::vector<double> linearAlphaBars(double firstBeta, double lastBeta, int count);

/// ᾱ for √β rising linearly: "scaled linear", as Stable Diffusion.
std::vector<double> scaledLinearAlphaBars(double firstBeta, double lastBeta, int count);

/// Shifts and scales √ᾱ so that the last is 0 and the first is kept (Lin et al. 2024):
/// zero terminal SNR.
std::vector<double> withZeroTerminalSnr(std::vector<double> alphaBars);

} // namespace limpid::diffusion
