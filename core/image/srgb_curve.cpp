// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/srgb_curve.h"

#include <bit>
#include <cmath>

namespace limpid::image {

namespace {

constexpr int mantissaBits = 23;
constexpr int exponentBias = 127;
constexpr float straightEnd = 0.0031308F;

} // namespace

float encodedSrgb(float linear)
{
    const float magnitude = std::abs(linear);
    const float value = magnitude <= straightEnd
                            ? 12.92F * magnitude
                            : 1.055F * std::pow(magnitude, 1.0F / 2.4F) - 0.055F;
    return std::copysign(value, linear);
}

float decodedSrgb(float encoded)
{
    const float magnitude = std::abs(encoded);
    const float linear =
        magnitude <= 0.04045F ? magnitude / 12.92F : std::pow((magnitude + 0.055F) / 1.055F, 2.4F);
    return std::copysign(linear, encoded);
}

SrgbEncoder::SrgbEncoder()
{
    const std::uint32_t first = std::uint32_t{exponentBias + smallestExponent} << stepBits;
    for (std::uint32_t i = 0; i <= steps; ++i)
        table_[i] = encodedSrgb(std::bit_cast<float>((first + i) << (mantissaBits - stepBits)));
}

float SrgbEncoder::operator()(float linear) const
{
    constexpr float largest = 1 << largestExponent;
    const float magnitude = std::abs(linear);
    if (magnitude <= straightEnd)
        return 12.92F * linear;
    if (!(magnitude < largest))
        return encodedSrgb(linear);
    constexpr int restBits = mantissaBits - stepBits;
    constexpr std::uint32_t first = std::uint32_t{exponentBias + smallestExponent} << stepBits;
    const auto bits = std::bit_cast<std::uint32_t>(magnitude);
    const std::uint32_t step = (bits >> restBits) - first;
    const float rest = static_cast<float>(bits & ((1U << restBits) - 1)) / (1U << restBits);
    const float value = table_[step] + rest * (table_[step + 1] - table_[step]);
    return std::copysign(value, linear);
}

} // namespace limpid::image
