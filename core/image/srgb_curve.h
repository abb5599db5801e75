// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace limpid::image {

/// sRGB's curve (IEC 61966-2-1), mirrored at zero for colors outside its gamut.
float encodedSrgb(float linear);
float decodedSrgb(float encoded);

/// encodedSrgb by interpolation in a table, within 2e-7 of it and ten times as fast.
class SrgbEncoder {
public:
    SrgbEncoder();
    float operator()(float linear) const;

private:
    // Steps are logarithmic, as the bits of a float are: 2^10 to each power of two.
    static constexpr int stepBits = 10;
    static constexpr int smallestExponent = -9; // below lies the straight part of the curve
    static constexpr int largestExponent = 2;
    static constexpr std::size_t steps = std::size_t{largestExponent - smallestExponent}
                                         << stepBits;

    std::array<float, steps + 1> table_{};
};

} // namespace limpid::image
