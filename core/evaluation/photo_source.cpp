// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/photo_source.h"

#include "core/checkpoint/safetensors.h"
#include "core/image/photo_reader.h"
#include "core/image/photo_writer.h"
#include "core/methods/tensor_image.h"
#include "core/training/photo_cache.h"

#include <algorithm>

namespace limpid::evaluation {

namespace {

namespace fs = std::filesystem;

Result<torch::Tensor> decoded(const fs::path& file)
{
    const auto picture = pictureOf(file, 0);
    if (!picture)
        return tl::unexpected(picture.error());
    return torch::round((*picture)[0].clamp(0.0, 1.0) * 255.0).to(torch::kUInt8);
}

Result<torch::Tensor> cached(const fs::path& cache, const std::string& name)
{
    const auto photos = training::PhotoCache::open(cache, {name}, /*exclude=*/false);
    if (!photos)
        return tl::unexpected(photos.error());
    return photos->photo(0);
}

NamedPhoto photoIn(const fs::path& cache, const std::string& name)
{
    return {name, [=] {
                return cached(cache, name);
            }};
}

/// Those of a cache that are named, or all but those.
Result<std::vector<NamedPhoto>> entriesOf(const fs::path& cache, const std::set<std::string>& names,
                                          bool exclude)
{
    const auto file = checkpoint::SafetensorsFile::open(cache);
    if (!file)
        return tl::unexpected(file.error());
    std::vector<NamedPhoto> photos;
    for (const auto& [name, entry] : file->index().tensors)
        if (names.contains(name) != exclude)
            photos.push_back(photoIn(cache, name));
    return photos;
}

std::vector<NamedPhoto> filesNamed(const std::set<std::string>& names, const fs::path& folder)
{
    std::vector<NamedPhoto> photos;
    std::error_code error;
    for (const auto& entry : fs::recursive_directory_iterator(folder, error))
        if (const auto name = entry.path().filename().string(); names.contains(name))
            photos.push_back({name, [path = entry.path()] {
                                  return decoded(path);
                              }});
    std::sort(photos.begin(), photos.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
    return photos;
}

} // namespace

Result<std::vector<NamedPhoto>> photosOf(const fs::path& folderOrCache, const fs::path& list)
{
    const auto names = training::readNameList(list);
    if (!names)
        return tl::unexpected(names.error());
    std::error_code error;
    auto photos = fs::is_directory(folderOrCache, error)
                      ? filesNamed(*names, folderOrCache)
                      : entriesOf(folderOrCache, *names, /*exclude=*/false);
    if (photos && photos->empty())
        return fail(ErrorCode::InvalidRequest,
                    "none of the photographs in " + list.string() + " is here", folderOrCache);
    return photos;
}

Result<std::vector<NamedPhoto>> photosExcept(const fs::path& cache, const fs::path& list)
{
    const auto names = training::readNameList(list);
    if (!names)
        return tl::unexpected(names.error());
    return entriesOf(cache, *names, /*exclude=*/true);
}

std::vector<std::size_t> thinned(std::size_t size, std::size_t count)
{
    const auto taken = count == 0 ? size : std::min(count, size);
    std::vector<std::size_t> numbers;
    for (std::size_t i = 0; i < taken; ++i)
        numbers.push_back(i * size / taken);
    return numbers;
}

Result<std::vector<fs::path>> photoFilesIn(const fs::path& folder)
{
    std::vector<fs::path> files;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error))
        if (entry.is_regular_file(error) && image::formatFromExtension(entry.path()))
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    if (files.empty())
        return fail(ErrorCode::FileNotFound, "no photograph (.jpg, .png, .tif, .webp) lies here",
                    folder);
    return files;
}

Result<torch::Tensor> pictureOf(const fs::path& file, std::int64_t side)
{
    const auto photo = image::readPhoto(file);
    if (!photo)
        return tl::unexpected(photo.error());
    Rect area = wholeOf(photo->size());
    if (side > 0) {
        const auto width = std::min(area.width, static_cast<int>(side));
        const auto height = std::min(area.height, static_cast<int>(side));
        area = {(area.width - width) / 2, (area.height - height) / 2, width, height};
    }
    return (methods::toTensor(photo->image, area) * 0.5 + 0.5).clamp(0.0, 1.0);
}

} // namespace limpid::evaluation
