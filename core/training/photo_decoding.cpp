// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/photo_decoding.h"

#include "core/checkpoint/safetensors.h"
#include "core/image/photo_reader.h"
#include "core/methods/tensor_image.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <span>

namespace limpid::training {

namespace {

std::vector<std::filesystem::path> filesBelow(const std::filesystem::path& folder)
{
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, error))
        if (entry.is_regular_file())
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

torch::Tensor asBytes(const torch::Tensor& picture)
{
    return torch::round(picture[0].clamp(0.0, 1.0) * 255.0).to(torch::kUInt8).contiguous();
}

} // namespace

torch::Tensor reducedTo(const torch::Tensor& picture, int longSide)
{
    const auto longest = std::max(picture.size(2), picture.size(3));
    if (longSide <= 0 || longest <= longSide)
        return picture;
    const double scale = static_cast<double>(longSide) / static_cast<double>(longest);
    return torch::adaptive_avg_pool2d(picture,
                                      {std::llround(static_cast<double>(picture.size(2)) * scale),
                                       std::llround(static_cast<double>(picture.size(3)) * scale)});
}

Result<std::size_t> writePhotoCache(const std::filesystem::path& folder,
                                    const std::filesystem::path& cache, int longSide)
{
    std::map<std::string, torch::Tensor> pictures;
    for (const auto& file : filesBelow(folder)) {
        const auto photo = image::readPhoto(file);
        if (!photo)
            continue; // lists and licences lie among the photographs
        const auto picture = methods::toTensor(photo->image, wholeOf(photo->size())) * 0.5 + 0.5;
        pictures[file.filename().string()] = asBytes(reducedTo(picture, longSide));
    }
    if (pictures.empty())
        return fail(ErrorCode::FileNotFound, "no photograph lies in this folder", folder);

    std::map<std::string, checkpoint::TensorBytes> tensors;
    for (const auto& [name, picture] : pictures)
        tensors[name] = {checkpoint::DType::U8,
                         picture.sizes().vec(),
                         {static_cast<const std::byte*>(picture.const_data_ptr()),
                          static_cast<std::size_t>(picture.numel())}};
    if (const auto written = checkpoint::writeSafetensors(cache, tensors, {}); !written)
        return tl::unexpected(written.error());
    return pictures.size();
}

Result<std::filesystem::path> cacheFor(const std::filesystem::path& photos,
                                       const std::filesystem::path& out)
{
    if (!std::filesystem::is_directory(photos))
        return photos;
    auto cache = out / "photos.safetensors";
    if (std::filesystem::exists(cache))
        return cache;
    if (const auto written = writePhotoCache(photos, cache, /*longSide=*/0); !written)
        return tl::unexpected(written.error());
    return cache;
}

} // namespace limpid::training
