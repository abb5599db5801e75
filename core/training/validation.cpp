// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/validation.h"

#include "core/training/shallow_focus.h"
#include "core/training/student_t.h"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <limits>
#include <sstream>
#include <torch/utils.h>

namespace limpid::training {

namespace {

constexpr std::uint64_t validationSeed = 20'250'101;

double psnr(const torch::Tensor& a, const torch::Tensor& b)
{
    const double mse = ((a - b) / 2.0).pow(2).mean().item<double>();
    return -10.0 * std::log10(std::max(mse, 1e-10));
}

/// Rounded to 8 bits, as it would be exported.
torch::Tensor exported(const torch::Tensor& picture)
{
    return torch::round((picture.clamp(-1.0, 1.0) + 1.0) * 127.5) / 127.5 - 1.0;
}

struct Sample {
    double input = 0.0;
    double output = 0.0;
};

ClassGain summarized(std::string name, const std::vector<Sample>& samples)
{
    ClassGain result{.name = std::move(name), .pictures = static_cast<int>(samples.size())};
    const double n = std::max<double>(1.0, static_cast<double>(samples.size()));
    result.lowestOutput = samples.empty() ? 0.0 : samples.front().output;
    for (const Sample& sample : samples) {
        result.inputPsnr += sample.input / n;
        result.outputPsnr += sample.output / n;
        result.lowestOutput = std::min(result.lowestOutput, sample.output);
    }
    result.gain = result.outputPsnr - result.inputPsnr;
    double variance = 0.0;
    for (const Sample& sample : samples)
        variance += std::pow(sample.output - sample.input - result.gain, 2) / std::max(1.0, n - 1);
    result.halfInterval = samples.size() < 2
                              ? std::numeric_limits<double>::quiet_NaN()
                              : studentT(samples.size() - 1) * std::sqrt(variance / n);
    return result;
}

enum class Damage { Blur, Noise, None, ShallowFocus };

struct ValidationClass {
    const char* name;
    Damage damage;
    BlurClass blur = BlurClass::None;
};

constexpr ValidationClass classes[] = {
    {"mild (2–6 px)", Damage::Blur, BlurClass::Mild},
    {"moderate (6–14 px)", Damage::Blur, BlurClass::Moderate},
    {"strong (14–30 px)", Damage::Blur, BlurClass::Strong},
    {"noise only", Damage::Noise},
    {"sharp, untouched", Damage::None},
    {"shallow focus, untouched", Damage::ShallowFocus},
};

Degradation noiseOnly(Dice& dice)
{
    auto degradation = drawDegradation(dice, {}, BlurClass::None);
    degradation.shotNoise = static_cast<float>(dice.logUniform(3e-5, 5e-4));
    degradation.noiseSeed = dice.word();
    return degradation;
}

Degradation degradationOf(const ValidationClass& kind, Dice& dice)
{
    switch (kind.damage) {
    case Damage::Blur: return drawDegradation(dice, {}, kind.blur);
    case Damage::Noise: return noiseOnly(dice);
    case Damage::ShallowFocus: return withoutNoise(drawShallowFocus(dice, {}, 0.0F, 0.0F));
    case Damage::None: break;
    }
    return {};
}

/// What is right as it is is held against itself.
Sample measureOne(const Pair& pair, Damage damage, const PairRestorer& restore)
{
    const auto output = exported(restore(pair));
    if (damage == Damage::None || damage == Damage::ShallowFocus)
        return {0.0, psnr(output, exported(pair.blurred))};
    return {psnr(pair.blurred, pair.sharp), psnr(output, pair.sharp)};
}

/// "+0.85 ± 0.42"; without the interval where there is but one picture.
std::string withInterval(const ClassGain& gain)
{
    std::ostringstream text;
    text << std::fixed << std::setprecision(2) << std::showpos << gain.gain << std::noshowpos;
    if (!std::isnan(gain.halfInterval))
        text << " ± " << gain.halfInterval;
    return text.str();
}

} // namespace

PairRestorer onBlurred(Restorer restore)
{
    return [restore = std::move(restore)](const Pair& pair) {
        return restore(pair.blurred);
    };
}

PairRestorer onDevice(PairRestorer restore, torch::Device device)
{
    return [restore = std::move(restore), device](const Pair& pair) {
        return restore({.blurred = pair.blurred.to(device), .sharp = pair.sharp.to(device)})
            .to(torch::kCPU);
    };
}

std::vector<ClassGain> measure(const PhotoCache& photos, std::int64_t side,
                               const PairRestorer& restore)
{
    const torch::NoGradGuard noGradients;
    std::vector<ClassGain> gains;
    for (const auto& kind : classes) {
        std::vector<Sample> samples;
        for (std::size_t i = 0; i < photos.size(); ++i) {
            Dice dice(validationSeed + static_cast<std::uint64_t>(&kind - classes), i);
            const auto crop = photos.busiestCrop(i, side + psfMargins);
            if (!crop.defined())
                continue;
            const auto pair = degrade(crop.unsqueeze(0), {degradationOf(kind, dice)});
            samples.push_back(measureOne(pair, kind.damage, restore));
        }
        gains.push_back(summarized(kind.name, samples));
    }
    return gains;
}

std::string asMarkdown(const std::vector<ClassGain>& gains)
{
    std::ostringstream text;
    text << "| class | pictures | input dB | output dB | gain dB (95 %) | lowest output dB |\n"
         << "|---|---|---|---|---|---|\n"
         << std::fixed << std::setprecision(2);
    for (const auto& gain : gains) {
        if (gain.pictures == 0) {
            text << "| " << gain.name << " | 0 | – | – | – | – |\n";
            continue;
        }
        text << "| " << gain.name << " | " << gain.pictures << " | ";
        if (gain.inputPsnr > 0.0)
            text << gain.inputPsnr << " | " << gain.outputPsnr << " | " << withInterval(gain);
        else
            text << "– | " << gain.outputPsnr << " | –";
        text << " | " << gain.lowestOutput << " |\n";
    }
    return text.str();
}

} // namespace limpid::training
