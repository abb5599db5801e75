// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/gate_photos.h"

#include "core/methods/scene.h"
#include "core/methods/tensor_image.h"
#include "core/training/shallow_focus.h"

#include <utility>

namespace limpid::training {

namespace {

enum class Scene { Blurred, Noisy, Untouched, ShallowFocus };

Scene drawScene(Dice& dice)
{
    const double u = dice.uniform(0.0, 1.0);
    return u < 0.5    ? Scene::Blurred
           : u < 0.65 ? Scene::Noisy
           : u < 0.8  ? Scene::ShallowFocus
                      : Scene::Untouched;
}

BlurClass drawSeverity(Dice& dice)
{
    constexpr BlurClass classes[] = {BlurClass::Mild, BlurClass::Moderate, BlurClass::Strong};
    return classes[dice.below(3)];
}

/// One thing moved, or the focus missed it by a little, and the rest is sharp. What is out of focus
/// by much, beside something sharp, was most likely meant to be.
Degradation blurredInOnePlace(Dice& dice, const DegradationRanges& ranges)
{
    auto result =
        dice.chance(0.3)
            ? drawDegradation(dice, ranges, BlurClass::Mild, KernelKind::Defocus)
            : drawDegradation(dice, ranges, drawSeverity(dice),
                              dice.chance(0.5) ? KernelKind::CameraShake : KernelKind::Linear);
    result.second = identityPsf();
    result.maskCenterX = static_cast<float>(dice.uniform(-1.0, 1.0));
    result.maskCenterY = static_cast<float>(dice.uniform(-1.0, 1.0));
    result.maskRadius = static_cast<float>(dice.uniform(0.4, 1.2));
    return result;
}

Degradation blurredPhoto(Dice& dice, const DegradationRanges& ranges)
{
    return dice.chance(0.25) ? blurredInOnePlace(dice, ranges)
                             : drawDegradation(dice, ranges, drawSeverity(dice));
}

Degradation noisyPhoto(Dice& dice, const DegradationRanges& ranges)
{
    auto result = drawDegradation(dice, ranges, BlurClass::None);
    result.shotNoise = static_cast<float>(dice.logUniform(1e-5, 5e-4));
    result.noiseSeed = dice.word();
    return result;
}

Degradation untouchedPhoto(Dice& dice)
{
    Degradation result;
    result.exposure = static_cast<float>(dice.uniform(0.7, 1.2));
    return result;
}

/// Whatever was done to it, the file is right as it is.
Pair rightAsItIs(const torch::Tensor& frame, const Degradation& degradation)
{
    const auto file = degrade(frame, {degradation}).blurred;
    return {.blurred = file, .sharp = file};
}

/// The middle of the busiest of a few parts of a frame, −1…1.
std::pair<float, float> subjectOf(const torch::Tensor& frame, Dice& dice)
{
    constexpr int candidates = 5;
    constexpr double half = 0.15; // of the frame's sides
    std::pair<float, float> best{0.0F, 0.0F};
    double most = -1.0;
    for (int i = 0; i < candidates; ++i) {
        const double y = dice.uniform(0.2, 0.8);
        const double x = dice.uniform(0.2, 0.8);
        const auto at = [](double share, std::int64_t length) {
            return static_cast<std::int64_t>(share * static_cast<double>(length));
        };
        const auto part = frame.slice(2, at(y - half, frame.size(2)), at(y + half, frame.size(2)))
                              .slice(3, at(x - half, frame.size(3)), at(x + half, frame.size(3)));
        if (const double found = steepness(part); found > most) {
            most = found;
            best = {static_cast<float>(2.0 * x - 1.0), static_cast<float>(2.0 * y - 1.0)};
        }
    }
    return best;
}

Pair shallowFocus(const torch::Tensor& frame, Dice& dice, const DegradationRanges& ranges)
{
    const auto [x, y] = subjectOf(frame, dice);
    const auto degradation = drawShallowFocus(dice, ranges, x, y);
    return {.blurred = degrade(frame, {degradation}).blurred,
            .sharp = degrade(frame, {withoutNoise(degradation)}).blurred};
}

} // namespace

double steepness(const torch::Tensor& picture)
{
    const auto dx = (picture.slice(3, 1) - picture.slice(3, 0, -1)).abs().mean();
    const auto dy = (picture.slice(2, 1) - picture.slice(2, 0, -1)).abs().mean();
    return (dx + dy).item<double>();
}

GatePicture drawGatePhoto(const PhotoCache& photos, Dice& dice, std::int64_t least,
                          const DegradationRanges& ranges)
{
    const auto scene = drawScene(dice);
    const auto frame = asUnit(photos.randomFrame(dice, least + psfMargins)).unsqueeze(0);
    const auto taken = [](const Pair& pair, GateLesson kind) -> GatePicture {
        return {.blurred = pair.blurred,
                .sharp = pair.sharp,
                .kind = kind,
                .scene = methods::sceneOf(methods::toImage(pair.blurred))};
    };
    switch (scene) {
    case Scene::Blurred:
        return taken(degrade(frame, {blurredPhoto(dice, ranges)}), GateLesson::Blurred);
    case Scene::Noisy: return taken(degrade(frame, {noisyPhoto(dice, ranges)}), GateLesson::Noisy);
    case Scene::ShallowFocus:
        return taken(shallowFocus(frame, dice, ranges), GateLesson::Untouched);
    case Scene::Untouched: break;
    }
    return taken(rightAsItIs(frame, untouchedPhoto(dice)), GateLesson::Untouched);
}

} // namespace limpid::training
