// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/psf.h"

#include <torch/types.h>

#include <array>
#include <vector>

namespace limpid::training {

/// Severity of a blur by the extent of its path or disk: mild up to 6 px, moderate up to 14,
/// strong up to 30. None leaves the picture unblurred.
enum class BlurClass { None, Mild, Moderate, Strong };

/// Where the blur comes from. The last: a shaken camera with a soft lens or a missed focus.
enum class KernelKind { CameraShake, Linear, Defocus, Gaussian, ShakeThroughLens };

/// A lamp at night, the sun in a drop of water: smaller than a pixel, and far brighter than white.
struct PointLight {
    float x = 0; ///< −1…1 across the picture and its margin.
    float y = 0;
    std::array<float, 3> linear{}; ///< What it adds to its pixel, in linear light; white is 1.
};

/// Everything that happens to one picture between the scene and the file; nothing, to begin with.
struct Degradation {
    Psf first = identityPsf();  ///< Blur where the mask is 1.
    Psf second = identityPsf(); ///< Blur where the mask is 0: spatial variation.
    float maskCenterX = 0;      ///< Of the soft mask, −1…1 across the crop.
    float maskCenterY = 0;
    float maskRadius = 4;           ///< 4: `first` everywhere.
    float exposure = 1;             ///< Gain in linear light.
    float highlights = 1;           ///< Clipped highlights were this much brighter.
    std::vector<PointLight> lights; ///< Belong to the scene: the truth has them, too.
    float shotNoise = 0;            ///< Variance per unit of linear light.
    float readNoise = 0;            ///< Standard deviation in linear light.
    int jpegQuality = 0;            ///< 0: not compressed.
    bool subsampleChroma = false;
    bool bayerMosaic = false; ///< The noise is that of a mosaic, see throughBayerMosaic.
    float sharpening = 0;     ///< By the camera, see sharpenedInCamera.
    std::uint64_t noiseSeed = 0;
};

/// How hard the ranges are.
struct DegradationRanges {
    double maxShotNoise = 5e-4; ///< Ordinary daylight: 1e-5…5e-4.
    double maxReadNoise = 0.003;
    int minJpegQuality = 75;
    double untouched = 0.12; ///< Share that is neither blurred nor anything else, or noise only.
    double fromCamera = 0.0; ///< Share of the noisy that come as a camera in any light delivers
                             ///< them: noise of a mosaic, up to maxCameraNoise, JPEG, and those
                             ///< that are blurred often sharpened. (A sharp one is left as it is.)
    double maxCameraNoise = 2e-3;
};

/// Draws a degradation; the blur class is drawn too (45 % mild, 35 % moderate, 20 % strong).
Degradation drawDegradation(Dice& dice, const DegradationRanges& ranges);

/// Draws a degradation of this class, for evaluation; and of this kind too, to look at.
Degradation drawDegradation(Dice& dice, const DegradationRanges& ranges, BlurClass blur);
Degradation drawDegradation(Dice& dice, const DegradationRanges& ranges, BlurClass blur,
                            KernelKind kind);

/// A pair to learn from.
struct Pair {
    torch::Tensor blurred; ///< [N, 3, H, W], −1…1, rounded to 8 bits.
    torch::Tensor sharp;   ///< Same shape and exposure.
};

/// What is left of a picture when a blur has used up its margin: [N, C, H + 2·psfRadius,
/// W + 2·psfRadius] → [N, C, H, W], a view.
torch::Tensor withoutPsfMargins(const torch::Tensor& padded);

/// Applies degradations[i] to picture i: blur in linear light, saturation, Poisson–Gaussian noise,
/// sRGB, sharpening, JPEG. pictures: [N, 3, H + 2·psfRadius, W + 2·psfRadius], sRGB 0…1; H and W
/// multiples of 16. The margin is used up by the blur. Runs on the pictures' device; noise as
/// SeededNoise.
Pair degrade(const torch::Tensor& pictures, const std::vector<Degradation>& degradations);

} // namespace limpid::training
