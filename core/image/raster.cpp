// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/raster.h"

#include <cassert>
#include <cstring>
#include <utility>

namespace limpid::image {

Raster::Raster(Size size, int channels, SampleDepth depth, std::vector<std::uint8_t> bytes)
    : size_(size), channels_(channels), depth_(depth),
      bytes_(std::make_shared<const std::vector<std::uint8_t>>(std::move(bytes)))
{
    assert(size.width >= 0 && size.height >= 0);
    assert(channels >= 1 && channels <= 4);
    assert(bytes_->size() == bytesPerRow() * static_cast<std::size_t>(size.height));
}

std::size_t Raster::bytesPerRow() const
{
    const std::size_t bytesPerSample = depth_ == SampleDepth::U16 ? 2 : 1;
    return bytesPerSample * static_cast<std::size_t>(channels_) *
           static_cast<std::size_t>(size_.width);
}

std::span<const std::uint8_t> Raster::bytes() const
{
    return bytes_ ? std::span<const std::uint8_t>(*bytes_) : std::span<const std::uint8_t>();
}

int Raster::sample(Point point, int channel) const
{
    assert(wholeOf(size_).contains(point));
    assert(channel >= 0 && channel < channels_);
    const std::uint8_t* row = bytes_->data() + bytesPerRow() * static_cast<std::size_t>(point.y);
    const std::size_t index =
        static_cast<std::size_t>(point.x) * static_cast<std::size_t>(channels_) +
        static_cast<std::size_t>(channel);
    if (depth_ == SampleDepth::U8)
        return row[index];
    std::uint16_t value = 0;
    std::memcpy(&value, row + 2 * index, sizeof value);
    return value;
}

} // namespace limpid::image
