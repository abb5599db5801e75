// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/tensor_image.h"

#include <cmath>
#include <vector>

namespace limpid::methods {

namespace {

constexpr double previewPixels = 2e6;

/// Index of each position of [begin, begin + count) after mirroring at the first and last pixel.
torch::Tensor mirrored(int begin, int count, int limit)
{
    const std::int64_t period = limit > 1 ? 2 * (std::int64_t{limit} - 1) : 1;
    auto indices = torch::empty({count}, torch::kInt64);
    auto* const values = indices.data_ptr<std::int64_t>();
    for (int i = 0; i < count; ++i) {
        const std::int64_t folded = ((begin + i) % period + period) % period;
        values[i] = folded < limit ? folded : period - folded;
    }
    return indices;
}

/// A view of a picture, which must outlive it and is not to be written to: [H, W, 3].
torch::Tensor pixelsOf(const image::Image& image)
{
    return torch::from_blob(const_cast<float*>(image.pixels().data()),
                            {image.size().height, image.size().width, 3}, torch::kFloat32);
}

/// [1, 3, H, W] → a copy [H, W, 3].
torch::Tensor interleaved(const torch::Tensor& planes)
{
    return planes.squeeze(0).permute({1, 2, 0}).clone(torch::MemoryFormat::Contiguous);
}

image::Image imageOf(const torch::Tensor& pixels)
{
    const auto* const values = pixels.const_data_ptr<float>();
    return {Size{static_cast<int>(pixels.size(1)), static_cast<int>(pixels.size(0))},
            std::vector<float>(values, values + pixels.numel())};
}

} // namespace

torch::Tensor toTensor(const image::Image& image, const Rect& area)
{
    const Size size = image.size();
    const auto pixels = pixelsOf(image);
    torch::Tensor part;
    if (wholeOf(size).contains(area))
        part = pixels.narrow(0, area.y, area.height).narrow(1, area.x, area.width);
    else
        part = pixels.index_select(0, mirrored(area.y, area.height, size.height))
                   .index_select(1, mirrored(area.x, area.width, size.width));
    return part.permute({2, 0, 1})
        .unsqueeze(0)
        .clone(torch::MemoryFormat::Contiguous)
        .mul_(2.0)
        .sub_(1.0);
}

image::Image toImage(const torch::Tensor& rgb)
{
    return imageOf(interleaved(rgb).add_(1.0).mul_(0.5));
}

image::Image toImage(const torch::Tensor& rgb, const torch::Tensor& before,
                     const image::Image& photo, const Rect& area)
{
    auto pixels = interleaved(rgb).add_(1.0).mul_(0.5);
    const auto same = interleaved(rgb == before);
    const auto own = pixelsOf(photo).narrow(0, area.y, area.height).narrow(1, area.x, area.width);
    return imageOf(torch::where(same, own, pixels));
}

engine::Frame toFrame(const torch::Tensor& picture, const Rect& area, engine::FrameKind kind,
                      int step)
{
    auto small = picture;
    const auto pixels = static_cast<double>(picture.size(2) * picture.size(3));
    const auto stride = static_cast<std::int64_t>(std::ceil(std::sqrt(pixels / previewPixels)));
    if (stride > 1)
        small = torch::avg_pool2d(picture, stride, stride, 0, /*ceil_mode=*/true);
    const auto bytes = small.expand({1, 3, small.size(2), small.size(3)})
                           .permute({0, 2, 3, 1})
                           .add(1.0)
                           .mul_(127.5)
                           .clamp_(0.0, 255.0)
                           .round_()
                           .to(torch::kUInt8)
                           .contiguous();
    const auto* const values = bytes.const_data_ptr<std::uint8_t>();
    return {.kind = kind,
            .step = step,
            .area = area,
            .size = {static_cast<int>(small.size(3)), static_cast<int>(small.size(2))},
            .rgb = std::vector<std::uint8_t>(values, values + bytes.numel())};
}

} // namespace limpid::methods
