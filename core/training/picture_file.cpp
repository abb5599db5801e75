// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/picture_file.h"

#include "core/image/photo_writer.h"
#include "core/methods/tensor_image.h"

#include <algorithm>
#include <cassert>

namespace limpid::training {

image::Photo photoOf(const torch::Tensor& picture)
{
    const auto bytes = torch::round(picture[0].permute({1, 2, 0}).clamp(0.0, 1.0) * 255.0)
                           .to(torch::kUInt8)
                           .contiguous();
    const auto* const first = bytes.const_data_ptr<std::uint8_t>();
    image::Photo photo;
    photo.original = {Size{static_cast<int>(picture.size(3)), static_cast<int>(picture.size(2))}, 3,
                      image::SampleDepth::U8,
                      std::vector<std::uint8_t>(first, first + bytes.numel())};
    photo.image = methods::toImage(pictureOf(photo.original) * 2.0 - 1.0);
    photo.format = image::FileFormat::Png;
    return photo;
}

torch::Tensor pictureOf(const image::Raster& raster)
{
    assert(raster.channels() == 3 && raster.depth() == image::SampleDepth::U8);
    auto bytes =
        torch::empty({raster.size().height, raster.size().width, 3}, torch::kUInt8).contiguous();
    std::copy(raster.bytes().begin(), raster.bytes().end(), bytes.data_ptr<std::uint8_t>());
    return (bytes.to(torch::kFloat32) / 255.0).permute({2, 0, 1}).unsqueeze(0).contiguous();
}

Result<void> writePicture(const torch::Tensor& picture, const std::filesystem::path& target)
{
    const auto format = image::formatFromExtension(target);
    if (!format)
        return fail(ErrorCode::UnsupportedFormat, "want .png, .jpg, .tif or .webp", target);
    const auto photo = photoOf(picture);
    return image::writePhoto(photo.original, photo, target, {.format = *format, .quality = 90});
}

} // namespace limpid::training
