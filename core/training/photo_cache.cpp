// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/photo_cache.h"

#include "core/base/sha256.h"
#include "core/base/trimmed.h"
#include "core/checkpoint/safetensors.h"

#include <algorithm>
#include <fstream>
#include <span>
#include <sstream>
#include <string_view>

namespace limpid::training {

namespace {

constexpr double enoughEdges = 0.018; // mean absolute difference of neighbours, 0…1
constexpr int attempts = 5;

/// crop: [3, side, side], U8.
double edges(const torch::Tensor& crop)
{
    const auto gray = asUnit(crop).mean(0);
    const auto dx = (gray.slice(1, 1) - gray.slice(1, 0, -1)).abs().mean();
    const auto dy = (gray.slice(0, 1) - gray.slice(0, 0, -1)).abs().mean();
    return (dx + dy).item<double>() / 2;
}

torch::Tensor part(const torch::Tensor& photo, std::int64_t top, std::int64_t left,
                   std::int64_t side)
{
    return photo.narrow(1, top, side).narrow(2, left, side);
}

torch::Tensor turned(const torch::Tensor& crop, Dice& dice)
{
    auto result = torch::rot90(crop, dice.below(4), {1, 2});
    return dice.chance(0.5) ? result.flip({2}) : result.contiguous();
}

/// Each pixel is the mean of four.
torch::Tensor halved(const torch::Tensor& crop)
{
    return torch::round(torch::avg_pool2d(crop.to(torch::kFloat32), 2)).to(torch::kUInt8);
}

std::int64_t shortSide(const torch::Tensor& photo)
{
    return std::min(photo.size(1), photo.size(2));
}

bool holds(const torch::Tensor& photo, std::int64_t side)
{
    return shortSide(photo) >= side;
}

torch::Tensor anyCrop(const torch::Tensor& photo, Dice& dice, std::int64_t side)
{
    const bool halve = holds(photo, 2 * side) && dice.chance(0.5);
    const std::int64_t scale = halve ? 2 : 1;
    const auto top = dice.below(photo.size(1) / scale - side + 1);
    const auto left = dice.below(photo.size(2) / scale - side + 1);
    const auto crop = part(photo, scale * top, scale * left, scale * side);
    return halve ? halved(crop) : crop;
}

/// `least` and as many times 16 more as fit: all that do, or any number of them.
std::int64_t anySide(std::int64_t length, Dice& dice, std::int64_t least, bool all)
{
    constexpr std::int64_t step = 16;
    const auto more = (length - least) / step;
    return least + step * (all ? more : dice.below(more + 1));
}

torch::Tensor anyFrame(const torch::Tensor& photo, Dice& dice, std::int64_t least)
{
    const bool all = dice.chance(0.5);
    const auto height = anySide(photo.size(1), dice, least, all);
    const auto width = anySide(photo.size(2), dice, least, all);
    const auto top = dice.below(photo.size(1) - height + 1);
    const auto left = dice.below(photo.size(2) - width + 1);
    return photo.narrow(1, top, height).narrow(2, left, width);
}

} // namespace

Result<PhotoCache> PhotoCache::open(const std::filesystem::path& path,
                                    const std::set<std::string>& names, bool exclude)
{
    auto file = checkpoint::SafetensorsFile::open(path);
    if (!file)
        return tl::unexpected(file.error());
    PhotoCache cache;
    for (const auto& [name, entry] : file->index().tensors) {
        if (names.contains(name) == exclude)
            continue;
        if (entry.dtype != checkpoint::DType::U8 || entry.shape.size() != 3)
            return fail(ErrorCode::DamagedFile, "'" + name + "' is not a picture [3, H, W]", path);
        auto photo = torch::empty(entry.shape, torch::kUInt8);
        const std::span memory(static_cast<std::byte*>(photo.data_ptr()), photo.nbytes());
        if (const auto read = file->read(entry, memory); !read)
            return tl::unexpected(read.error());
        cache.photos_.push_back(std::move(photo));
    }
    if (cache.photos_.empty())
        return fail(ErrorCode::InvalidRequest,
                    exclude ? "every photograph of the cache is held apart; name fewer in the list"
                            : "the cache has no photograph of the names wanted; the list of those "
                              "held apart needs file names, one a line",
                    path);
    return cache;
}

Result<std::string> PhotoCache::fingerprint(const std::filesystem::path& path,
                                            const std::set<std::string>& names, bool exclude)
{
    const auto file = checkpoint::SafetensorsFile::open(path);
    if (!file)
        return tl::unexpected(file.error());
    std::ostringstream list;
    for (const auto& [name, entry] : file->index().tensors) {
        if (names.contains(name) == exclude)
            continue;
        list << name;
        for (const auto side : entry.shape)
            list << '\t' << side;
        list << '\n';
    }
    const std::string text = list.str();
    Sha256 sum;
    sum.add(std::as_bytes(std::span(text)));
    return sum.hex();
}

std::int64_t PhotoCache::largestShortSide() const
{
    std::int64_t largest = 0;
    for (const auto& photo : photos_)
        largest = std::max(largest, shortSide(photo));
    return largest;
}

const torch::Tensor& PhotoCache::anyPhoto(Dice& dice) const
{
    return photos_[static_cast<std::size_t>(dice.below(static_cast<std::int64_t>(photos_.size())))];
}

torch::Tensor PhotoCache::randomCrop(Dice& dice, std::int64_t side) const
{
    torch::Tensor best;
    double bestEdges = -1.0;
    for (int i = 0; i < attempts; ++i) {
        const auto& photo = anyPhoto(dice);
        if (!holds(photo, side))
            continue;
        const auto crop = anyCrop(photo, dice, side);
        const double found = edges(crop);
        if (found > bestEdges) {
            best = crop;
            bestEdges = found;
        }
        if (found >= enoughEdges)
            break;
    }
    if (!best.defined())
        best = anyCrop(anyPhotoThatHolds(dice, side), dice, side);
    return turned(best, dice);
}

const torch::Tensor& PhotoCache::anyPhotoThatHolds(Dice& dice, std::int64_t side) const
{
    for (int i = 0; i < 100; ++i)
        if (const auto& photo = anyPhoto(dice); holds(photo, side))
            return photo;
    const auto found = std::ranges::find_if(
        photos_, [side](const torch::Tensor& photo) { return holds(photo, side); });
    TORCH_CHECK(found != photos_.end(), "no photograph of the cache is as large as a crop of ",
                side);
    return *found; // the only one, or one of very few
}

torch::Tensor PhotoCache::plainCrop(Dice& dice, std::int64_t side) const
{
    return turned(anyCrop(anyPhotoThatHolds(dice, side), dice, side), dice);
}

torch::Tensor PhotoCache::randomFrame(Dice& dice, std::int64_t least) const
{
    const auto& photo = anyPhotoThatHolds(dice, least);
    const bool halve = holds(photo, 2 * least) && dice.chance(0.5);
    return turned(anyFrame(halve ? halved(photo) : photo, dice, least), dice);
}

torch::Tensor PhotoCache::busiestCrop(std::size_t index, std::int64_t side) const
{
    return busiestPart(photos_.at(index), side);
}

torch::Tensor busiestPart(const torch::Tensor& photo, std::int64_t side)
{
    const auto free = std::pair{photo.size(1) - side, photo.size(2) - side};
    if (free.first < 0 || free.second < 0)
        return {};
    torch::Tensor best;
    double bestEdges = -1.0;
    for (int i = 0; i < 9; ++i) {
        const auto crop = part(photo, free.first * (i / 3) / 2, free.second * (i % 3) / 2, side);
        if (const double found = edges(crop); found > bestEdges) {
            best = crop;
            bestEdges = found;
        }
    }
    return best.defined() ? asUnit(best) : best;
}

torch::Tensor asUnit(const torch::Tensor& bytes)
{
    return bytes.to(torch::kFloat32) / 255.0;
}

Result<std::set<std::string>> readNameList(const std::filesystem::path& path)
{
    constexpr std::string_view mark = "\xEF\xBB\xBF"; // other systems' editors begin with it
    constexpr const char* unreadable =
        "this list cannot be read; name a text file with a file name on each line";
    std::ifstream file(path);
    if (!file)
        return fail(ErrorCode::FileUnreadable, unreadable, path);
    std::set<std::string> names;
    for (std::string line; std::getline(file, line);) {
        const bool isMarked = names.empty() && line.starts_with(mark);
        const auto name = trimmed(std::string_view(line).substr(isMarked ? mark.size() : 0));
        if (!name.empty() && name.front() != '#')
            names.emplace(name);
    }
    if (file.bad())
        return fail(ErrorCode::FileUnreadable, unreadable, path);
    return names;
}

} // namespace limpid::training
