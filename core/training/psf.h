// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/dice.h"

#include <cstdint>
#include <vector>

namespace limpid::training {

/// A point spread function: side × side weights that sum to one, its centroid in the middle
/// (a shifted one would teach the network to shift). side is psfSide.
using Psf = std::vector<float>;

constexpr int psfRadius = 32;
constexpr int psfSide = 2 * psfRadius + 1;

/// What a blur uses up of a picture's side, at both ends together.
constexpr std::int64_t psfMargins = 2 * std::int64_t{psfRadius};

/// A path of the camera during the exposure, in pixels.
struct Trajectory {
    std::vector<double> x;
    std::vector<double> y;

    /// Rotated by an angle in radians and scaled.
    Trajectory turned(double angle, double scale) const;
};

/// Camera shake after Boracchi and Foi (2012): a point with inertia, pulled back to the start,
/// pushed by a shaking hand, now and then jerked. Its largest extent is `extentPixels`.
Trajectory cameraShake(Dice& dice, double extentPixels);

/// A straight or slightly bent path with this extent.
Trajectory linearMotion(Dice& dice, double extentPixels);

/// The path drawn with bilinear splats and centered on its centroid.
Psf psfOf(const Trajectory& trajectory);

/// Defocus: a disk with a soft edge. Radius in pixels.
Psf defocusDisk(double radius);

/// Lens softness: a Gaussian. Sigma in pixels.
Psf gaussianPsf(double sigma);

/// No blur at all.
Psf identityPsf();

/// One after the other. Parts beyond the canvas are dropped and the rest renormalized.
Psf convolved(const Psf& a, const Psf& b);

} // namespace limpid::training
