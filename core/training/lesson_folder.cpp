// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/lesson_folder.h"

#include "core/base/round_up.h"

#include <algorithm>
#include <utility>

namespace limpid::training {

namespace {

constexpr std::int64_t photosInPart = 100;
constexpr std::int64_t lessonsInPart = photosInPart * cropsOfPhoto;

} // namespace

LessonFolder::LessonFolder(std::filesystem::path folder, std::string source, std::int64_t count)
    : folder_(std::move(folder)), source_(std::move(source)), count_(count)
{}

std::int64_t LessonFolder::parts() const
{
    return piecesFor(count_, lessonsInPart);
}

std::int64_t LessonFolder::lessonsIn(std::int64_t part) const
{
    return std::min(lessonsInPart, count_ - part * lessonsInPart);
}

bool LessonFolder::has(std::int64_t part) const
{
    return areLessonsOf(pathOf(part), sourceOf(part));
}

bool LessonFolder::isComplete() const
{
    for (std::int64_t part = 0; part < parts(); ++part)
        if (!has(part))
            return false;
    return true;
}

Result<std::optional<PartClaim>> LessonFolder::claim(std::int64_t part, bool wait) const
{
    std::error_code ignored; // a folder that cannot be made shows in the claim
    std::filesystem::create_directories(folder_, ignored);
    const auto marker = folder_ / ("part-" + std::to_string(part) + ".drawing");
    return wait ? PartClaim::wait(marker).map(
                      [](PartClaim claim) { return std::optional(std::move(claim)); })
                : PartClaim::take(marker);
}

GateLessonOptions LessonFolder::optionsFor(std::int64_t part, GateLessonOptions options) const
{
    options.firstPhoto = static_cast<std::uint64_t>(part * photosInPart);
    options.count = lessonsIn(part);
    return options;
}

Result<void> LessonFolder::write(std::int64_t part, const GateLessons& lessons) const
{
    std::error_code ignored; // a folder that cannot be made shows when the part is written
    std::filesystem::create_directories(folder_, ignored);
    return writeLessons(lessons, pathOf(part), sourceOf(part));
}

Result<GateLessons> LessonFolder::read() const
{
    std::vector<GateLessons> all;
    for (std::int64_t part = 0; part < parts(); ++part) {
        auto lessons = readLessons(pathOf(part), sourceOf(part));
        if (!lessons)
            return tl::unexpected(lessons.error());
        all.push_back(std::move(*lessons));
    }
    return joined(std::move(all));
}

std::filesystem::path LessonFolder::pathOf(std::int64_t part) const
{
    return folder_ / ("part-" + std::to_string(part) + ".safetensors");
}

std::string LessonFolder::sourceOf(std::int64_t part) const
{
    return source_ + " part " + std::to_string(part) + " count " + std::to_string(lessonsIn(part));
}

} // namespace limpid::training
