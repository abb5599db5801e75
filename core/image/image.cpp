// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/image.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace limpid::image {

constexpr std::size_t channels = 3;

Image::Image(Size size, std::vector<float> pixels)
    : size_(size), pixels_(std::make_shared<const std::vector<float>>(std::move(pixels)))
{
    assert(size.width >= 0 && size.height >= 0);
    assert(pixels_->size() == channels * static_cast<std::size_t>(size.area()));
}

std::span<const float> Image::pixels() const
{
    return pixels_ ? std::span<const float>(*pixels_) : std::span<const float>();
}

std::span<const float> Image::row(int y) const
{
    assert(y >= 0 && y < size_.height);
    const std::size_t stride = channels * static_cast<std::size_t>(size_.width);
    return pixels().subspan(stride * static_cast<std::size_t>(y), stride);
}

Image Image::cropped(const Rect& area) const
{
    assert(wholeOf(size_).contains(area));
    std::vector<float> part(channels * static_cast<std::size_t>(area.size().area()));
    auto out = part.begin();
    for (int y = area.y; y < area.bottom(); ++y) {
        const auto source = row(y).subspan(channels * static_cast<std::size_t>(area.x),
                                           channels * static_cast<std::size_t>(area.width));
        out = std::copy(source.begin(), source.end(), out);
    }
    return {area.size(), std::move(part)};
}

} // namespace limpid::image
