// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/contact_sheet.h"

#include "core/image/photo_writer.h"
#include "core/methods/tensor_image.h"

#include <algorithm>

namespace limpid::evaluation {

namespace {

constexpr std::int64_t cell = 256;
constexpr std::int64_t gap = 4;

torch::Tensor middleOf(const torch::Tensor& picture)
{
    const auto height = std::min(picture.size(2), cell);
    const auto width = std::min(picture.size(3), cell);
    return picture.narrow(2, (picture.size(2) - height) / 2, height)
        .narrow(3, (picture.size(3) - width) / 2, width);
}

image::Raster rasterOf(const torch::Tensor& picture)
{
    const auto bytes = torch::round(picture[0].permute({1, 2, 0}).clamp(0.0, 1.0) * 255.0)
                           .to(torch::kUInt8)
                           .contiguous();
    const auto* const first = bytes.const_data_ptr<std::uint8_t>();
    return {Size{static_cast<int>(picture.size(3)), static_cast<int>(picture.size(2))}, 3,
            image::SampleDepth::U8, std::vector<std::uint8_t>(first, first + bytes.numel())};
}

} // namespace

void ContactSheet::add(const torch::Tensor& picture)
{
    rows_.back().push_back(middleOf(picture).to(torch::kFloat32));
}

torch::Tensor ContactSheet::picture() const
{
    std::int64_t height = -gap;
    std::int64_t width = 0;
    for (const auto& row : rows_) {
        height += row.front().size(2) + gap;
        width = std::max(width,
                         static_cast<std::int64_t>(row.size()) * (row.front().size(3) + gap) - gap);
    }
    auto sheet = torch::ones({1, 3, height, width});
    std::int64_t top = 0;
    for (const auto& row : rows_) {
        std::int64_t left = 0;
        for (const auto& one : row) {
            sheet.narrow(2, top, one.size(2)).narrow(3, left, one.size(3)).copy_(one);
            left += one.size(3) + gap;
        }
        top += row.front().size(2) + gap;
    }
    return sheet;
}

Result<void> ContactSheet::write(const std::filesystem::path& target) const
{
    const auto sheet = picture();
    image::Photo photo;
    photo.image = methods::toImage(sheet * 2.0 - 1.0);
    photo.original = rasterOf(sheet);
    photo.format = image::FileFormat::Png;
    return image::writePhoto(photo.original, photo, target, {.format = image::FileFormat::Png});
}

} // namespace limpid::evaluation
