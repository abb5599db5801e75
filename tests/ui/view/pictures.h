// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"

#include <QImage>

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace limpid {

/// Every pixel has this color.
inline image::Image plainImage(Size size, float red, float green, float blue)
{
    std::vector<float> pixels;
    pixels.reserve(static_cast<std::size_t>(size.area()) * 3);
    for (std::int64_t i = 0; i < size.area(); ++i)
        pixels.insert(pixels.end(), {red, green, blue});
    return image::Image(size, std::move(pixels));
}

/// No two neighbours alike; values of whole 1/255, so that 8 bits hold them exactly.
inline image::Image variedImage(Size size, unsigned seed = 1)
{
    std::vector<float> pixels(static_cast<std::size_t>(size.area()) * 3);
    for (float& value : pixels) {
        seed = seed * 1664525U + 1013904223U;
        value = static_cast<float>(seed >> 24U) / 255.0F;
    }
    return image::Image(size, std::move(pixels));
}

/// The largest difference of any channel of two images of one size and format.
inline int largestDifference(const QImage& a, const QImage& b)
{
    int largest = 0;
    for (qsizetype i = 0; i < a.sizeInBytes(); ++i)
        largest = std::max(largest, std::abs(int{a.constBits()[i]} - int{b.constBits()[i]}));
    return largest;
}

} // namespace limpid
