// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/blurred_photo.h"

#include "core/image/photo_reader.h"
#include "core/image/photo_writer.h"
#include "core/methods/tensor_image.h"
#include "core/training/degradation.h"
#include "core/training/photo_decoding.h"
#include "core/training/picture_file.h"

#include <algorithm>
#include <string>

namespace limpid::training {

namespace {

constexpr std::int64_t blockPixels = 16; // what the JPEG step asks for
// As many blocks as it takes to mirror a margin.
constexpr std::int64_t leastSide = (psfRadius / blockPixels + 1) * blockPixels;

/// Cut to whole blocks, mirrored at the border for the margin that the blur uses up.
torch::Tensor prepared(const torch::Tensor& picture)
{
    const auto height = picture.size(2) / blockPixels * blockPixels;
    const auto width = picture.size(3) / blockPixels * blockPixels;
    return torch::reflection_pad2d(picture.narrow(2, 0, height).narrow(3, 0, width),
                                   {psfRadius, psfRadius, psfRadius, psfRadius});
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
    const auto reduced = reducedTo(picture, options.longSide);
    if (std::min(reduced.size(2), reduced.size(3)) < leastSide)
        return fail(ErrorCode::InvalidRequest,
                    "the photograph is too small to be blurred: each side needs " +
                        std::to_string(leastSide) + " pixels",
                    source);
    const auto pair = degrade(prepared(reduced), {degradation});
    const auto blurred = photoOf(pair.blurred * 0.5 + 0.5);
    photo->image = blurred.image; // of another size than the source, perhaps
    photo->original = blurred.original;
    return image::writePhoto(photo->original, *photo, target,
                             {.format = image::FileFormat::Jpeg, .quality = 92});
}

} // namespace limpid::training
