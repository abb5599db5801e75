// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/smooth_picture.h"

#include <cmath>

namespace limpid::tests {

image::Image photoLike(Size size)
{
    std::vector<float> pixels;
    for (int y = 0; y < size.height; ++y)
        for (int x = 0; x < size.width * 3; ++x)
            pixels.push_back(0.5F + 0.4F * std::sin(0.13F * static_cast<float>(x / 3)) *
                                        std::cos(0.07F * static_cast<float>(y * (1 + x % 3))));
    return {size, std::move(pixels)};
}

float largestDifference(const image::Image& a, const image::Image& b)
{
    if (a.size() != b.size())
        return INFINITY;
    float largest = 0.0F;
    for (std::size_t i = 0; i < a.pixels().size(); ++i) {
        const float difference = std::abs(a.pixels()[i] - b.pixels()[i]);
        largest = difference <= largest ? largest : difference; // NaN stays
    }
    return largest;
}

} // namespace limpid::tests
