// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/degradation_grid.h"

#include <algorithm>

namespace limpid::evaluation {

namespace {

using training::BlurClass;
using training::Degradation;
using training::Dice;

constexpr std::uint64_t gridSeed = 20'261'122;

double extentOf(BlurClass severity, Dice& dice)
{
    switch (severity) {
    case BlurClass::None: break;
    case BlurClass::Mild: return dice.logUniform(2.0, 6.0);
    case BlurClass::Moderate: return dice.logUniform(6.0, 14.0);
    case BlurClass::Strong: return dice.logUniform(14.0, 30.0);
    }
    return 0.0;
}

training::Psf psfOf(BlurKind blur, double extent, Dice& dice)
{
    switch (blur) {
    case BlurKind::CameraShake: return training::psfOf(training::cameraShake(dice, extent));
    case BlurKind::Linear: return training::psfOf(training::linearMotion(dice, extent));
    case BlurKind::Defocus: return training::defocusDisk(std::min(extent / 2.6, 8.0));
    case BlurKind::Gaussian: return training::gaussianPsf(std::clamp(extent / 4.0, 0.5, 5.0));
    case BlurKind::Given:
    case BlurKind::None: break;
    }
    return training::identityPsf();
}

BlurClass severityOf(double extent)
{
    return extent < 6.0 ? BlurClass::Mild : extent < 14.0 ? BlurClass::Moderate : BlurClass::Strong;
}

void addFinishes(std::vector<GridCell>& cells, GridCell cell)
{
    for (const Finish finish : {Finish::Clean, Finish::Noise, Finish::Jpeg, Finish::Camera}) {
        cell.finish = finish;
        cells.push_back(cell);
    }
}

void addCamera(Degradation& degradation, bool blurred)
{
    degradation.shotNoise = 4e-4F;
    degradation.readNoise = 0.002F;
    degradation.bayerMosaic = true;
    degradation.sharpening = blurred ? 0.6F : 0.0F;
    degradation.jpegQuality = 92;
    degradation.subsampleChroma = true;
}

} // namespace

std::vector<GridCell> degradationGrid()
{
    std::vector<GridCell> cells;
    for (const BlurClass severity : {BlurClass::Mild, BlurClass::Moderate, BlurClass::Strong})
        for (const BlurKind blur :
             {BlurKind::CameraShake, BlurKind::Linear, BlurKind::Defocus, BlurKind::Gaussian})
            addFinishes(cells, {blur, severity});
    addFinishes(cells, {});
    return cells;
}

std::vector<GridCell> degradationGrid(const std::vector<GivenKernel>& kernels)
{
    std::vector<GridCell> cells;
    for (const BlurClass severity : {BlurClass::Mild, BlurClass::Moderate, BlurClass::Strong})
        for (const auto& kernel : kernels)
            if (severityOf(kernel.extent) == severity)
                addFinishes(cells, {.blur = BlurKind::Given,
                                    .severity = severity,
                                    .kernel = std::make_shared<GivenKernel>(kernel)});
    addFinishes(cells, {});
    return cells;
}

Degradation degradationOf(const GridCell& cell, std::size_t photo)
{
    const auto kind =
        16 * static_cast<std::uint64_t>(cell.blur) + static_cast<std::uint64_t>(cell.severity);
    Dice dice(gridSeed + kind, photo);
    const double extent = extentOf(cell.severity, dice);
    Degradation degradation;
    degradation.first = cell.kernel ? cell.kernel->psf : psfOf(cell.blur, extent, dice);
    degradation.second = degradation.first;
    degradation.noiseSeed = dice.word();
    if (cell.finish == Finish::Noise) {
        degradation.shotNoise = 2e-4F;
        degradation.readNoise = 0.002F;
    }
    if (cell.finish == Finish::Jpeg) {
        degradation.jpegQuality = 85;
        degradation.subsampleChroma = true;
    }
    if (cell.finish == Finish::Camera)
        addCamera(degradation, cell.blur != BlurKind::None);
    return degradation;
}

double noiseVarianceOf(const Degradation& degradation, double meanLinear)
{
    constexpr double rounding = 2e-6;    // of 8 bits, in linear light at middle gray
    constexpr double compression = 1e-4; // of quality 85
    return rounding + (degradation.jpegQuality > 0 ? compression : 0.0) +
           degradation.shotNoise * meanLinear + degradation.readNoise * degradation.readNoise;
}

std::string nameOf(const GridCell& cell)
{
    switch (cell.blur) {
    case BlurKind::CameraShake: return "camera shake";
    case BlurKind::Linear: return "linear";
    case BlurKind::Defocus: return "defocus";
    case BlurKind::Gaussian: return "Gaussian";
    case BlurKind::Given: return cell.kernel->name;
    case BlurKind::None: break;
    }
    return "none";
}

std::string nameOf(BlurClass severity)
{
    switch (severity) {
    case BlurClass::None: break;
    case BlurClass::Mild: return "mild (2–6 px)";
    case BlurClass::Moderate: return "moderate (6–14 px)";
    case BlurClass::Strong: return "strong (14–30 px)";
    }
    return "none";
}

std::string nameOf(Finish finish)
{
    switch (finish) {
    case Finish::Clean: break;
    case Finish::Noise: return "noise";
    case Finish::Jpeg: return "JPEG";
    case Finish::Camera: return "camera";
    }
    return "clean";
}

} // namespace limpid::evaluation
