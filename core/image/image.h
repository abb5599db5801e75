// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/geometry.h"

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace limpid::image {

/// An immutable RGB picture in the working space: sRGB primaries and transfer curve, float,
/// interleaved [H, W, 3], nominally 0…1; colors outside sRGB lie outside that range and are kept.
/// Copies share the pixels. Any thread.
class Image {
public:
    Image() = default;

    /// `pixels` has size.area() · 3 values. Broken precondition: assert.
    Image(Size size, std::vector<float> pixels);

    Size size() const { return size_; }
    bool isEmpty() const { return size_.isEmpty(); }

    /// All values, row by row.
    std::span<const float> pixels() const;

    /// The 3 · width values of one row.
    std::span<const float> row(int y) const;

    /// A copy of the part inside `area`, which lies inside the picture.
    Image cropped(const Rect& area) const;

    /// True when both share the same pixels: identity, not comparison.
    friend bool operator==(const Image& a, const Image& b)
    {
        return a.size_ == b.size_ && a.pixels_ == b.pixels_;
    }

private:
    Size size_;
    std::shared_ptr<const std::vector<float>> pixels_;
};

} // namespace limpid::image
