// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/gate_lessons.h"

#include "core/networks/load_weights.h"

#include <algorithm>
#include <iterator>
#include <torch/utils.h>
#include <utility>

namespace limpid::training {

namespace {

constexpr std::uint64_t gateStream = 0x67617465; // keeps these crops apart from those of training

/// Mean of the product per cell, of values 0…1. → [N, 1, S/4, S/4].
torch::Tensor cellMeans(const torch::Tensor& a, const torch::Tensor& b)
{
    constexpr std::int64_t cell = 4;
    constexpr double toUnit = 0.25; // −1…1 is twice as wide
    return torch::avg_pool2d((a * b).mean(1, /*keepdim=*/true) * toUnit, cell);
}

GatePicture cropOf(const GatePicture& photo, Dice& dice, std::int64_t side)
{
    const auto top = dice.below(photo.blurred.size(2) - side + 1);
    const auto left = dice.below(photo.blurred.size(3) - side + 1);
    const auto cut = [&](torch::Tensor& picture) {
        picture = picture.narrow(2, top, side).narrow(3, left, side).contiguous();
    };
    auto crop = photo;
    cut(crop.blurred);
    cut(crop.sharp);
    std::for_each(crop.others.begin(), crop.others.end(), cut);
    return crop;
}

/// From anywhere, the one with the most edges of a few, the one with the least.
std::vector<GatePicture> drawCrops(const GatePicture& photo, Dice& dice, std::int64_t side)
{
    constexpr int candidates = 4;
    auto anywhere = cropOf(photo, dice, side);
    std::vector<GatePicture> drawn;
    drawn.reserve(candidates);
    for (int i = 0; i < candidates; ++i)
        drawn.push_back(cropOf(photo, dice, side));
    const auto [soft, busy] =
        std::minmax_element(drawn.begin(), drawn.end(), [](const auto& a, const auto& b) {
            return steepness(a.sharp) < steepness(b.sharp);
        });
    return {std::move(anywhere), *busy, *soft};
}

bool isMadeOf(const checkpoint::SafetensorsFile& file, const std::string& source)
{
    const auto& metadata = file.index().metadata;
    const auto made = metadata.find("source");
    return made != metadata.end() && made->second == source;
}

} // namespace

GateLessons joined(std::vector<GateLessons> parts)
{
    const auto all = [&](torch::Tensor GateLessons::*member) {
        std::vector<torch::Tensor> tensors;
        tensors.reserve(parts.size());
        for (auto& part : parts)
            tensors.push_back(std::move(part.*member));
        return torch::cat(tensors);
    };
    return {all(&GateLessons::features), all(&GateLessons::change), all(&GateLessons::accord),
            all(&GateLessons::error), all(&GateLessons::kind)};
}

GateLessons lessonOf(const GatePicture& picture, const torch::Tensor& restored,
                     const networks::SharpnessGateConfig& gate)
{
    std::vector<torch::Tensor> changes{restored - picture.blurred};
    changes.insert(changes.end(), picture.others.begin(), picture.others.end());
    const auto error = picture.sharp - picture.blurred;
    const auto all = torch::cat(changes);
    std::vector<torch::Tensor> products;
    for (const auto& change : changes)
        products.push_back(cellMeans(change, all).transpose(0, 1));
    return {.features = networks::gateFeatures(gate, picture.blurred, changes, picture.scene),
            .change = torch::stack(products, 1),
            .accord = cellMeans(all, error).transpose(0, 1),
            .error = cellMeans(error, error).mean({1, 2, 3}),
            .kind = torch::full({1}, static_cast<std::int64_t>(picture.kind), torch::kInt64)};
}

GateLessons drawLessons(const PhotoCache& photos, const std::vector<Restorer>& restorers,
                        const GateLessonOptions& options)
{
    const torch::NoGradGuard noGradients;
    std::vector<GateLessons> parts;
    for (auto number = options.firstPhoto; std::ssize(parts) < options.count; ++number) {
        Dice dice(options.seed ^ gateStream, number);
        auto photo = drawGatePhoto(photos, dice, options.side, options.ranges);
        if (options.propose)
            photo.others = options.propose(photo.blurred);
        for (const auto& crop : drawCrops(photo, dice, options.side)) {
            const auto& restore = restorers[parts.size() % restorers.size()];
            parts.push_back(lessonOf(crop, restore(crop.blurred), options.gate));
            if (options.restored)
                options.restored(std::ssize(parts));
        }
    }
    return joined(std::move(parts));
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
    if (!isMadeOf(*file, source))
        return fail(ErrorCode::InvalidRequest, "the lessons were made of something else", path);
    const auto& index = file->index();
    GateLessons lessons;
    const std::pair<const char*, torch::Tensor*> parts[]{{"features", &lessons.features},
                                                         {"change", &lessons.change},
                                                         {"accord", &lessons.accord},
                                                         {"error", &lessons.error},
                                                         {"kind", &lessons.kind}};
    for (const auto& [name, tensor] : parts) {
        const auto found = index.tensors.find(name);
        if (found == index.tensors.end())
            return fail(ErrorCode::DamagedFile, "these are no lessons", path);
        auto read = networks::readTensor(*file, found->second);
        if (!read)
            return tl::unexpected(read.error());
        *tensor = std::move(*read);
    }
    for (const auto& [name, tensor] : parts)
        if (tensor->size(0) != lessons.kind.size(0))
            return fail(ErrorCode::DamagedFile, "these are no lessons", path);
    return lessons;
}

bool areLessonsOf(const std::filesystem::path& path, const std::string& source)
{
    const auto file = checkpoint::SafetensorsFile::open(path);
    return file && isMadeOf(*file, source);
}

} // namespace limpid::training
