// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/shallow_focus.h"

#include <array>
#include <numbers>
#include <utility>
#include <vector>

namespace limpid::training {

namespace {

constexpr double smallestDisk = 3.0;
constexpr double largestDisk = 20.0;

/// White, or the amber, red, green or blue of lamps.
std::array<float, 3> drawColor(Dice& dice)
{
    std::array<float, 3> color{1.0F, static_cast<float>(dice.uniform(0.5, 1.0)),
                               static_cast<float>(dice.uniform(0.1, 1.0))};
    if (dice.chance(0.3))
        std::swap(color[0], color[static_cast<std::size_t>(dice.below(3))]);
    return color;
}

/// Lamps that are as bright as a tenth of white to three times white once a lens has drawn them as
/// disks of this radius.
std::vector<PointLight> drawLights(Dice& dice, double radius)
{
    const double area = std::numbers::pi * radius * radius;
    std::vector<PointLight> lights(static_cast<std::size_t>(dice.logUniform(4.0, 100.0)));
    for (auto& light : lights) {
        light.x = static_cast<float>(dice.uniform(-1.0, 1.0));
        light.y = static_cast<float>(dice.uniform(-1.0, 1.0));
        light.linear = drawColor(dice);
        const auto level = static_cast<float>(area * dice.logUniform(0.1, 3.0));
        for (auto& value : light.linear)
            value *= level;
    }
    return lights;
}

} // namespace

Degradation drawShallowFocus(Dice& dice, const DegradationRanges& ranges, float centerX,
                             float centerY)
{
    auto result = drawDegradation(dice, ranges, BlurClass::Moderate, KernelKind::Defocus);
    result.sharpening = 0.0F;
    const double radius = dice.logUniform(smallestDisk, largestDisk);
    result.first = identityPsf();
    result.second = defocusDisk(radius);
    if (dice.chance(0.2))
        std::swap(result.first, result.second);
    result.maskCenterX = centerX;
    result.maskCenterY = centerY;
    result.maskRadius = static_cast<float>(dice.uniform(0.25, 0.9));
    if (dice.chance(0.5))
        result.exposure = static_cast<float>(dice.logUniform(0.1, 0.7));
    if (dice.chance(0.6))
        result.lights = drawLights(dice, radius);
    return dice.chance(0.5) ? withoutNoise(std::move(result)) : result;
}

Degradation withoutNoise(Degradation degradation)
{
    degradation.shotNoise = degradation.readNoise = 0.0F;
    degradation.bayerMosaic = false;
    degradation.sharpening = 0.0F;
    degradation.jpegQuality = 0;
    return degradation;
}

} // namespace limpid::training
