// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/geometry.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace limpid::image {

enum class SampleDepth { U8 = 8, U16 = 16 };

/// The samples of a file, as they are: source color space, source depth, interleaved
/// [H, W, channels] with 1 gray, 2 gray + alpha, 3 RGB or 4 RGBA; 16 bit in host byte order.
/// Immutable; copies share the bytes. Any thread.
class Raster {
public:
    Raster() = default;
    Raster(Size size, int channels, SampleDepth depth, std::vector<std::uint8_t> bytes);

    Size size() const { return size_; }
    int channels() const { return channels_; }
    SampleDepth depth() const { return depth_; }
    bool hasAlpha() const { return channels_ == 2 || channels_ == 4; }
    bool isEmpty() const { return size_.isEmpty(); }
    std::size_t bytesPerRow() const;
    std::span<const std::uint8_t> bytes() const;

    /// One sample, 0…255 or 0…65535.
    int sample(Point point, int channel) const;

private:
    Size size_;
    int channels_ = 0;
    SampleDepth depth_ = SampleDepth::U8;
    std::shared_ptr<const std::vector<std::uint8_t>> bytes_;
};

} // namespace limpid::image
