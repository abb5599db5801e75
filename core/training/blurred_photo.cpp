// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/blurred_photo.h"

#include "core/image/photo_reader.h"
#include "core/image/photo_writer.h"
#include "core/methods/tensor_image.h"
#include "core/training/degradation.h"
#include "core/training/photo_cache.h"

#include <vector>

namespace limpid::training {

namespace {

constexpr std::int64_t blockPixels = 16; // what the JPEG step asks for

/// Cut to whole blocks, mirrored at the border for the margin that the blur uses up.
torch::Tensor prepared(const torch::Tensor& picture)
{
    const auto height = picture.size(2) / blockPixels * blockPixels;
    const auto width = picture.size(3) / blockPixels * blockPixels;
    return torch::reflection_pad2d(picture.narrow(2, 0, height).narrow(3, 0, width),
                                   {psfRadius, psfRadius, psfRadius, psfRadius});
}

image::Raster rasterOf(const torch::Tensor& picture)
{
    const auto bytes = torch::round((picture[0].permute({1, 2, 0}) + 1.0) * 127.5)
                           .clamp(0, 255)
                           .to(torch::kUInt8)
                           .contiguous();
    const auto* const first = bytes.const_data_ptr<std::uint8_t>();
    return {Size{static_cast<int>(picture.size(3)), static_cast<int>(picture.size(2))}, 3,
            image::SampleDepth::U8, std::vector<std::uint8_t>(first, first + bytes.numel())};
}

} // namespace

Result<void> writeShakenPhoto(const std::filesystem::path& source,
                              const std::filesystem::path& target, const ShakeOptions& options)
{
    auto photo = image::readPhoto(source);
    if (!photo)
        return tl::unexpected(photo.error());
    Dice dice(options.seed, 0);
    Degradation degradation;
    degradation.first = psfOf(cameraShake(dice, options.extentPixels));
    degradation.second = degradation.first;
    degradation.highlights = 3.0F;
    degradation.shotNoise = 5e-5F;
    degradation.noiseSeed = options.seed;

    const auto picture = methods::toTensor(photo->image, wholeOf(photo->size())) * 0.5 + 0.5;
    const auto pair = degrade(prepared(reducedTo(picture, options.longSide)), {degradation});
    photo->image = methods::toImage(pair.blurred); // of another size than the source, perhaps
    photo->original = rasterOf(pair.blurred);
    return image::writePhoto(photo->original, *photo, target,
                             {.format = image::FileFormat::Jpeg, .quality = 92});
}

} // namespace limpid::training
