// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/photo_source.h"

#include "core/checkpoint/safetensors.h"
#include "core/image/photo_reader.h"
#include "core/image/photo_writer.h"
#include "core/methods/tensor_image.h"
#include "core/training/photo_cache.h"

#include <algorithm>
#include <map>
#include <set>

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

/// A cache is a file of tensors, as models are; only here it is known what it should be.
Error cacheError(const Error& error, const fs::path& cache)
{
    if (error.code == ErrorCode::ModelMissing)
        return {ErrorCode::FileNotFound, {}, cache};
    if (error.code == ErrorCode::ModelDamaged || error.code == ErrorCode::DamagedFile)
        return {ErrorCode::DamagedFile,
                "this is no cache of photographs; make it again with 'limpid-train cache'", cache};
    return error;
}

Result<torch::Tensor> cached(const fs::path& cache, const std::string& name)
{
    const auto photos = training::PhotoCache::open(cache, {name}, /*exclude=*/false);
    if (!photos)
        return tl::unexpected(cacheError(photos.error(), cache));
    return photos->photo(0);
}

bool isPicture(const checkpoint::TensorEntry& entry)
{
    return entry.dtype == checkpoint::DType::U8 && entry.shape.size() == 3 && entry.shape[0] == 3;
}

/// All of a cache.
Result<std::vector<NamedPhoto>> entriesOf(const fs::path& cache)
{
    const auto file = checkpoint::SafetensorsFile::open(cache);
    if (!file)
        return tl::unexpected(cacheError(file.error(), cache));
    std::vector<NamedPhoto> photos;
    for (const auto& [name, entry] : file->index().tensors) {
        if (!isPicture(entry))
            return tl::unexpected(cacheError({ErrorCode::DamagedFile, {}, {}}, cache));
        photos.push_back({name, [cache, name = name] { return cached(cache, name); }, name});
    }
    return photos;
}

/// As limpid-train finds them: hidden ones, too, but none behind links to folders.
void findFiles(const fs::path& folder, std::vector<fs::path>& files, const LeaveOut& leaveOut)
{
    std::error_code error;
    std::vector<fs::path> folders;
    for (fs::directory_iterator entry(folder, error); !error && entry != end(entry);
         entry.increment(error)) {
        std::error_code ignored; // what cannot be looked at cannot be read either
        if (entry->is_regular_file(ignored))
            files.push_back(entry->path());
        else if (entry->is_directory(ignored) && !entry->is_symlink(ignored))
            folders.push_back(entry->path());
    }
    if (error)
        leaveOut(
            {ErrorCode::InvalidRequest,
             "this folder cannot be searched (" + error.message() + "); check that you may open it",
             folder});
    for (const auto& below : folders)
        findFiles(below, files, leaveOut);
}

/// By extension or by content. Raw files are TIFF by content, but hold no more than a thumbnail.
bool isPhotograph(const fs::path& file)
{
    if (image::readableFormat(file))
        return true;
    const auto header = image::inspectPhoto(file);
    return header && (header->format != image::FileFormat::Tiff || !file.has_extension());
}

/// All below a folder, by name. A list may be older than a namesake's end: where it has the path of
/// a photograph, that is its name.
std::vector<NamedPhoto> photosBelow(const fs::path& folder, const std::set<std::string>& listed,
                                    const LeaveOut& leaveOut)
{
    std::vector<fs::path> files;
    findFiles(folder, files, leaveOut);
    std::map<std::string, std::vector<fs::path>> byName;
    for (const auto& file : files)
        if (isPhotograph(file))
            byName[file.filename().string()].push_back(file);
    std::vector<NamedPhoto> photos;
    for (const auto& [name, alike] : byName)
        for (const auto& file : alike) {
            const auto path = file.lexically_relative(folder).string();
            const bool isMeant = listed.contains(path) && !listed.contains(name);
            photos.push_back({alike.size() > 1 || isMeant ? path : name,
                              [file] { return decoded(file); }, file});
        }
    std::ranges::sort(photos, {}, &NamedPhoto::name);
    return photos;
}

/// The photographs that share a name, where none of them has it alone: their paths.
std::string namesakes(const std::string& name, const std::vector<NamedPhoto>& photos)
{
    std::string paths;
    for (const auto& photo : photos) {
        if (photo.name == name)
            return {};
        if (photo.name.ends_with("/" + name))
            paths += (paths.empty() ? "" : ", ") + photo.name;
    }
    return paths;
}

/// All photographs, when it is plain which of them the list means.
Result<std::vector<NamedPhoto>> photosIn(const fs::path& folderOrCache,
                                         const std::set<std::string>& listed, const fs::path& list,
                                         const LeaveOut& leaveOut)
{
    std::error_code error;
    auto photos = fs::is_directory(folderOrCache, error)
                      ? photosBelow(folderOrCache, listed, leaveOut)
                      : entriesOf(folderOrCache);
    if (!photos)
        return photos;
    for (const auto& name : listed)
        if (const auto paths = namesakes(name, *photos); !paths.empty())
            return fail(ErrorCode::InvalidRequest,
                        "'" + name + "' is the name of several photographs: " + paths +
                            "; write those that are meant",
                        list);
    return photos;
}

} // namespace

Result<std::vector<NamedPhoto>> photosOf(const fs::path& folderOrCache, const fs::path& list,
                                         const LeaveOut& leaveOut)
{
    const auto names = training::readNameList(list);
    if (!names)
        return tl::unexpected(names.error());
    auto photos = photosIn(folderOrCache, *names, list, leaveOut);
    if (!photos)
        return photos;
    std::erase_if(*photos, [&](const auto& photo) { return !names->contains(photo.name); });
    if (photos->empty())
        return fail(ErrorCode::InvalidRequest,
                    "none of the photographs in " + list.string() + " is here", folderOrCache);
    return photos;
}

Result<std::vector<NamedPhoto>> photosExcept(const fs::path& folderOrCache, const fs::path& list,
                                             const LeaveOut& leaveOut)
{
    const auto names = training::readNameList(list);
    if (!names)
        return tl::unexpected(names.error());
    auto photos = photosIn(folderOrCache, *names, list, leaveOut);
    if (!photos)
        return photos;
    const auto held =
        std::erase_if(*photos, [&](const auto& photo) { return names->contains(photo.name); });
    if (held == 0)
        return fail(ErrorCode::InvalidRequest,
                    "it names none of the photographs in " + folderOrCache.string(), list);
    if (photos->empty())
        return fail(ErrorCode::InvalidRequest,
                    "it names all of the photographs in " + folderOrCache.string(), list);
    return photos;
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
    for (fs::directory_iterator entry(folder, error); !error && entry != end(entry);
         entry.increment(error)) {
        std::error_code ignored; // what cannot be looked at cannot be read either
        if (entry->is_regular_file(ignored) && image::formatFromExtension(entry->path()))
            files.push_back(entry->path());
    }
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
