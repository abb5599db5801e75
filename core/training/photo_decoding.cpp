// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/photo_decoding.h"

#include "core/base/sha256.h"
#include "core/checkpoint/safetensors.h"
#include "core/image/photo_reader.h"
#include "core/methods/tensor_image.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <span>
#include <sstream>
#include <system_error>
#include <vector>

namespace limpid::training {

namespace {

constexpr const char* folderKey = "folder"; // in a cache's metadata: fingerprintOf its folder

void say(const Tell& tell, const std::string& line)
{
    if (tell)
        tell(line);
}

std::string below(const std::filesystem::path& folder, const std::filesystem::path& file)
{
    return file.lexically_relative(folder).string();
}

/// Whether a run draws its own pictures there: they show photographs held apart.
bool isOfRun(const std::filesystem::path& path, const std::filesystem::path& run)
{
    std::error_code ignored; // where nothing is, nothing was drawn
    return !run.empty() && (std::filesystem::equivalent(path, run, ignored) ||
                            std::filesystem::equivalent(path, run / "samples.png", ignored));
}

/// All but those in folders that may not be entered, and those of the run.
Result<std::vector<std::filesystem::path>> filesBelow(const std::filesystem::path& folder,
                                                      const std::filesystem::path& run = {})
{
    using Options = std::filesystem::directory_options;
    std::error_code error;
    if (!std::filesystem::exists(folder, error))
        return fail(ErrorCode::FileNotFound, "there is no such folder", folder);
    if (!std::filesystem::is_directory(folder, error))
        return fail(ErrorCode::InvalidRequest, "this is not a folder", folder);
    std::vector<std::filesystem::path> files;
    std::filesystem::recursive_directory_iterator entry(folder, Options::skip_permission_denied,
                                                        error);
    for (; !error && entry != end(entry); entry.increment(error)) {
        std::error_code ignored; // what cannot be looked at cannot be read either
        if (isOfRun(entry->path(), run))
            entry.disable_recursion_pending();
        else if (entry->is_regular_file(ignored))
            files.push_back(entry->path());
    }
    if (error)
        return fail(ErrorCode::FileUnreadable, "the folder cannot be read: " + error.message(),
                    folder);
    std::sort(files.begin(), files.end());
    return files;
}

/// Tells a folder's pictures, by their endings, from those that it held at another time.
std::string fingerprintOf(const std::filesystem::path& folder,
                          const std::vector<std::filesystem::path>& files)
{
    std::ostringstream list;
    for (const auto& file : files) {
        if (!image::readableFormat(file))
            continue;
        std::error_code ignored;
        list << below(folder, file) << '\t' << std::filesystem::file_size(file, ignored) << '\t'
             << std::filesystem::last_write_time(file, ignored).time_since_epoch().count() << '\n';
    }
    const std::string text = list.str();
    Sha256 sum;
    sum.add(std::as_bytes(std::span(text)));
    return sum.hex();
}

torch::Tensor asBytes(const torch::Tensor& picture)
{
    return torch::round(picture[0].clamp(0.0, 1.0) * 255.0).to(torch::kUInt8).contiguous();
}

struct Picture {
    std::filesystem::path file;
    torch::Tensor bytes; ///< [3, H, W], U8.
};

std::vector<Picture> decoded(const std::filesystem::path& folder,
                             const std::vector<std::filesystem::path>& files, int longSide,
                             const Tell& tell)
{
    std::vector<Picture> pictures;
    for (const auto& file : files) {
        const auto photo = image::readPhoto(file);
        if (photo) {
            const auto whole = methods::toTensor(photo->image, wholeOf(photo->size())) * 0.5 + 0.5;
            pictures.push_back({file, asBytes(reducedTo(whole, longSide))});
        } else if (image::readableFormat(file)) { // lists and licences lie among the photographs
            say(tell, below(folder, file) + ": " + photo.error().detail + "; left out");
        }
    }
    return pictures;
}

/// By the names of their files; where several have one name, by their paths below the folder.
std::map<std::string, torch::Tensor> named(const std::filesystem::path& folder,
                                           const std::vector<Picture>& pictures, const Tell& tell)
{
    std::map<std::string, std::vector<const Picture*>> byName;
    for (const auto& picture : pictures)
        byName[picture.file.filename().string()].push_back(&picture);
    std::map<std::string, torch::Tensor> result;
    for (const auto& [name, alike] : byName) {
        std::string paths;
        for (const Picture* picture : alike) {
            const auto path = below(folder, picture->file);
            paths += (paths.empty() ? "" : ", ") + path;
            result[alike.size() == 1 ? name : path] = picture->bytes;
        }
        if (alike.size() > 1)
            say(tell, name +
                          ": several photographs have this name; in the cache and in lists of "
                          "names they are " +
                          paths);
    }
    return result;
}

Result<std::size_t> writeCacheOf(const std::filesystem::path& folder,
                                 const std::vector<std::filesystem::path>& files,
                                 const std::filesystem::path& cache, int longSide, const Tell& tell)
{
    const auto fingerprint = fingerprintOf(folder, files); // of before: later changes are noticed
    const auto pictures = named(folder, decoded(folder, files, longSide, tell), tell);
    if (pictures.empty())
        return fail(ErrorCode::FileNotFound, "no photograph that can be read lies in this folder",
                    folder);

    std::map<std::string, checkpoint::TensorBytes> tensors;
    for (const auto& [name, picture] : pictures)
        tensors[name] = {checkpoint::DType::U8,
                         picture.sizes().vec(),
                         {static_cast<const std::byte*>(picture.const_data_ptr()),
                          static_cast<std::size_t>(picture.numel())}};
    if (const auto written =
            checkpoint::writeSafetensors(cache, tensors, {{folderKey, fingerprint}});
        !written)
        return tl::unexpected(written.error());
    return pictures.size();
}

/// Whether the folder still holds what the cache was made of; says what comes of it.
Result<bool> isUpToDate(const std::filesystem::path& cache, const std::filesystem::path& folder,
                        const std::vector<std::filesystem::path>& files, const Tell& tell)
{
    const auto file = checkpoint::SafetensorsFile::open(cache);
    if (!file)
        return tl::unexpected(file.error());
    const auto& metadata = file->index().metadata;
    const auto known = metadata.find(folderKey);
    if (known == metadata.end()) {
        say(tell, cache.string() +
                      ": used as it is; it does not tell of which photographs it was "
                      "made (delete it to decode " +
                      folder.string() + " again)");
        return true;
    }
    const bool same = known->second == fingerprintOf(folder, files);
    say(tell, same ? cache.string() + ": used as it is; " + folder.string() + " has not changed"
                   : folder.string() + ": has changed; its photographs are decoded again");
    return same;
}

} // namespace

torch::Tensor reducedTo(const torch::Tensor& picture, int longSide)
{
    const auto longest = std::max(picture.size(2), picture.size(3));
    if (longSide <= 0 || longest <= longSide)
        return picture;
    const double scale = static_cast<double>(longSide) / static_cast<double>(longest);
    const auto reduced = [scale](std::int64_t side) {
        return std::max<std::int64_t>(1, std::llround(static_cast<double>(side) * scale));
    };
    return torch::adaptive_avg_pool2d(picture,
                                      {reduced(picture.size(2)), reduced(picture.size(3))});
}

Result<std::size_t> writePhotoCache(const std::filesystem::path& folder,
                                    const std::filesystem::path& cache, int longSide,
                                    const Tell& tell)
{
    const auto files = filesBelow(folder);
    return files ? writeCacheOf(folder, *files, cache, longSide, tell)
                 : tl::unexpected(files.error());
}

Result<std::filesystem::path> cacheFor(const std::filesystem::path& photos,
                                       const std::filesystem::path& out, const Tell& tell)
{
    std::error_code ignored; // what cannot be looked at shows when it is opened
    if (!std::filesystem::is_directory(photos, ignored))
        return photos;
    const auto files = filesBelow(photos, out);
    if (!files)
        return tl::unexpected(files.error());
    auto cache = out / "photos.safetensors";
    if (std::filesystem::exists(cache, ignored)) {
        const auto upToDate = isUpToDate(cache, photos, *files, tell);
        if (!upToDate)
            return tl::unexpected(upToDate.error());
        if (*upToDate)
            return cache;
    }
    if (const auto written = writeCacheOf(photos, *files, cache, /*longSide=*/0, tell); !written)
        return tl::unexpected(written.error());
    return cache;
}

} // namespace limpid::training
