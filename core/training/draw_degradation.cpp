// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/degradation.h"

#include <algorithm>
#include <optional>

namespace limpid::training {

namespace {

BlurClass drawClass(Dice& dice)
{
    const double u = dice.uniform(0.0, 1.0);
    return u < 0.45 ? BlurClass::Mild : u < 0.80 ? BlurClass::Moderate : BlurClass::Strong;
}

double drawExtent(Dice& dice, BlurClass blur)
{
    switch (blur) {
    case BlurClass::None: break;
    case BlurClass::Mild: return dice.logUniform(2.0, 6.0);
    case BlurClass::Moderate: return dice.logUniform(6.0, 14.0);
    case BlurClass::Strong: return dice.logUniform(14.0, 30.0);
    }
    return 0.0;
}

/// The second kernel of a shaken picture: the same shake seen elsewhere in the frame, turned by
/// the roll of the camera; now and then an object that moved differently or not at all.
void drawShake(Dice& dice, Degradation& result, const Trajectory& path)
{
    result.first = psfOf(path);
    result.second = result.first;
    if (!dice.chance(0.45))
        return;
    result.second = dice.chance(0.3)
                        ? (dice.chance(0.5) ? identityPsf() : psfOf(path.turned(0.0, 0.4)))
                        : psfOf(path.turned(dice.uniform(-0.4, 0.4), dice.uniform(0.7, 1.1)));
    result.maskCenterX = static_cast<float>(dice.uniform(-1.0, 1.0));
    result.maskCenterY = static_cast<float>(dice.uniform(-1.0, 1.0));
    result.maskRadius = static_cast<float>(dice.uniform(0.4, 1.5));
}

KernelKind drawKind(Dice& dice)
{
    const double u = dice.uniform(0.0, 0.88);
    return u < 0.40   ? KernelKind::CameraShake
           : u < 0.55 ? KernelKind::Linear
           : u < 0.70 ? KernelKind::Defocus
           : u < 0.78 ? KernelKind::Gaussian
                      : KernelKind::ShakeThroughLens;
}

Psf drawLens(Dice& dice)
{
    return dice.chance(0.5) ? gaussianPsf(dice.uniform(0.4, 1.0))
                            : defocusDisk(dice.uniform(0.5, 2.0));
}

void drawKernels(Dice& dice, Degradation& result, KernelKind kind, double extent)
{
    switch (kind) {
    case KernelKind::CameraShake: return drawShake(dice, result, cameraShake(dice, extent));
    case KernelKind::Linear: return drawShake(dice, result, linearMotion(dice, extent));
    case KernelKind::Defocus: result.first = defocusDisk(std::min(extent / 2.6, 8.0)); break;
    case KernelKind::Gaussian:
        result.first = gaussianPsf(std::clamp(extent / 4.0, 0.5, 5.0));
        break;
    case KernelKind::ShakeThroughLens: {
        const auto lens = drawLens(dice);
        result.first = convolved(psfOf(cameraShake(dice, extent)), lens);
    }
    }
    result.second = result.first;
}

int drawQuality(Dice& dice, const DegradationRanges& ranges)
{
    return ranges.minJpegQuality + static_cast<int>(dice.below(99 - ranges.minJpegQuality));
}

void drawSensor(Dice& dice, Degradation& result, const DegradationRanges& ranges)
{
    result.shotNoise = static_cast<float>(dice.logUniform(1e-5, ranges.maxShotNoise));
    result.readNoise = static_cast<float>(dice.uniform(0.0, ranges.maxReadNoise));
    result.noiseSeed = dice.word();
    if (dice.chance(0.5)) {
        result.jpegQuality = drawQuality(dice, ranges);
        result.subsampleChroma = dice.chance(0.5);
    }
}

void drawCamera(Dice& dice, Degradation& result, const DegradationRanges& ranges, BlurClass blur)
{
    result.bayerMosaic = true;
    result.shotNoise = static_cast<float>(dice.logUniform(1e-5, ranges.maxCameraNoise));
    if (blur != BlurClass::None && dice.chance(0.6))
        result.sharpening = static_cast<float>(dice.uniform(0.2, 1.2));
    if (result.jpegQuality == 0) {
        result.jpegQuality = drawQuality(dice, ranges);
        result.subsampleChroma = dice.chance(0.5);
    }
}

Degradation drawn(Dice& dice, const DegradationRanges& ranges, BlurClass blur,
                  std::optional<KernelKind> kind)
{
    Degradation result;
    result.exposure = static_cast<float>(dice.uniform(0.7, 1.2));
    if (blur == BlurClass::None && dice.chance(0.5))
        return result;
    if (dice.chance(0.4))
        result.highlights = static_cast<float>(dice.uniform(1.5, 8.0));
    if (blur != BlurClass::None) {
        const double extent = drawExtent(dice, blur);
        drawKernels(dice, result, kind ? *kind : drawKind(dice), extent);
    }
    drawSensor(dice, result, ranges);
    if (ranges.fromCamera > 0.0 && dice.chance(ranges.fromCamera))
        drawCamera(dice, result, ranges, blur);
    return result;
}

} // namespace

Degradation drawDegradation(Dice& dice, const DegradationRanges& ranges, BlurClass blur)
{
    return drawn(dice, ranges, blur, std::nullopt);
}

Degradation drawDegradation(Dice& dice, const DegradationRanges& ranges, BlurClass blur,
                            KernelKind kind)
{
    return drawn(dice, ranges, blur, kind);
}

Degradation drawDegradation(Dice& dice, const DegradationRanges& ranges)
{
    const bool untouched = dice.chance(ranges.untouched);
    return drawDegradation(dice, ranges, untouched ? BlurClass::None : drawClass(dice));
}

} // namespace limpid::training
