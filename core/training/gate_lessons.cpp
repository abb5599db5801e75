// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/gate_lessons.h"

#include "core/networks/load_weights.h"
#include "core/networks/sharpness_gate.h"

#include <vector>

namespace limpid::training {

namespace {

constexpr std::uint64_t gateStream = 0x67617465; // keeps these crops apart from those of training

GateLesson drawLesson(Dice& dice)
{
    const double u = dice.uniform(0.0, 1.0);
    return u < 0.5 ? GateLesson::Blurred : u < 0.7 ? GateLesson::Noisy : GateLesson::Untouched;
}

BlurClass drawSeverity(Dice& dice)
{
    constexpr BlurClass classes[] = {BlurClass::Mild, BlurClass::Moderate, BlurClass::Strong};
    return classes[dice.below(3)];
}

Degradation degradationFor(GateLesson lesson, Dice& dice, const DegradationRanges& ranges)
{
    if (lesson == GateLesson::Blurred)
        return drawDegradation(dice, ranges, drawSeverity(dice));
    auto result = drawDegradation(dice, ranges, BlurClass::None);
    if (lesson == GateLesson::Noisy) {
        result.shotNoise = static_cast<float>(dice.logUniform(1e-5, 5e-4));
        result.noiseSeed = dice.word();
        return result;
    }
    Degradation untouched;
    untouched.first = untouched.second = identityPsf();
    untouched.exposure = result.exposure;
    return untouched;
}

/// Mean of the product per cell, of values 0…1. → [1, 1, S/4, S/4].
torch::Tensor cellMeans(const torch::Tensor& a, const torch::Tensor& b)
{
    constexpr std::int64_t cell = 4;
    constexpr double toUnit = 0.25; // −1…1 is twice as wide
    return torch::avg_pool2d((a * b).mean(1, /*keepdim=*/true) * toUnit, cell);
}

GateLessons joined(const std::vector<GateLessons>& parts)
{
    const auto all = [&](torch::Tensor GateLessons::*member) {
        std::vector<torch::Tensor> tensors;
        tensors.reserve(parts.size());
        for (const auto& part : parts)
            tensors.push_back(part.*member);
        return torch::cat(tensors);
    };
    return {all(&GateLessons::features), all(&GateLessons::change), all(&GateLessons::accord),
            all(&GateLessons::error), all(&GateLessons::kind)};
}

GateLessons drawOne(const PhotoCache& photos, const Restorer& restore,
                    const GateLessonOptions& options, Dice dice)
{
    const auto kind = drawLesson(dice);
    const auto margin = options.side + 2 * psfRadius;
    const auto crop =
        asUnit(dice.chance(0.5) ? photos.randomCrop(dice, margin) : photos.plainCrop(dice, margin));
    const auto pair = degrade(crop.unsqueeze(0), {degradationFor(kind, dice, options.ranges)});
    // An untouched file is what it is, whatever rounding did to it.
    const auto& sharp = kind == GateLesson::Untouched ? pair.blurred : pair.sharp;
    return lessonOf(pair.blurred, restore(pair.blurred), sharp, kind);
}

} // namespace

GateLessons lessonOf(const torch::Tensor& blurred, const torch::Tensor& restored,
                     const torch::Tensor& sharp, GateLesson kind)
{
    const auto change = restored - blurred;
    const auto error = sharp - blurred;
    return {.features = networks::gateFeatures(blurred, restored),
            .change = cellMeans(change, change),
            .accord = cellMeans(change, error),
            .error = cellMeans(error, error).mean({1, 2, 3}),
            .kind = torch::full({1}, static_cast<std::int64_t>(kind), torch::kInt64)};
}

GateLessons drawLessons(const PhotoCache& photos, const Restorer& restore,
                        const GateLessonOptions& options)
{
    const torch::NoGradGuard noGradients;
    std::vector<GateLessons> parts;
    for (std::int64_t i = 0; i < options.count; ++i) {
        parts.push_back(drawOne(photos, restore, options,
                                Dice(options.seed ^ gateStream, static_cast<std::uint64_t>(i))));
        if (options.restored)
            options.restored(i + 1);
    }
    return joined(parts);
}

Result<void> writeLessons(const GateLessons& lessons, const std::filesystem::path& path,
                          const std::string& source)
{
    return checkpoint::writeSafetensors(path,
                                        {{"features", networks::bytesOf(lessons.features)},
                                         {"change", networks::bytesOf(lessons.change)},
                                         {"accord", networks::bytesOf(lessons.accord)},
                                         {"error", networks::bytesOf(lessons.error)},
                                         {"kind", networks::bytesOf(lessons.kind)}},
                                        {{"source", source}});
}

Result<GateLessons> readLessons(const std::filesystem::path& path, const std::string& source)
{
    const auto file = checkpoint::SafetensorsFile::open(path);
    if (!file)
        return tl::unexpected(file.error());
    const auto& index = file->index();
    const auto made = index.metadata.find("source");
    if (made == index.metadata.end() || made->second != source)
        return fail(ErrorCode::InvalidRequest, "the lessons were made of something else", path);
    const auto read = [&](const char* name) {
        const auto found = index.tensors.find(name);
        return found == index.tensors.end() ? torch::Tensor()
                                            : networks::readTensor(*file, found->second);
    };
    GateLessons lessons{read("features"), read("change"), read("accord"), read("error"),
                        read("kind")};
    for (const auto* tensor :
         {&lessons.features, &lessons.change, &lessons.accord, &lessons.error, &lessons.kind})
        if (!tensor->defined() || tensor->size(0) != lessons.kind.size(0))
            return fail(ErrorCode::DamagedFile, "these are no lessons", path);
    return lessons;
}

} // namespace limpid::training
