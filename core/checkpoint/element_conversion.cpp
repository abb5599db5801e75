// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/element_conversion.h"

#include <bit>
#include <cassert>
#include <cmath>
#include <cstring>

namespace limpid::checkpoint {
namespace {

constexpr std::uint32_t floatInfinity = 0x7F800000;
constexpr std::uint16_t halfInfinity = 0x7C00;
constexpr int halfShift = 13; ///< Mantissa bits that half lacks.
constexpr std::uint32_t biasDifference = (127U - 15U) << 23;
constexpr std::uint32_t smallestNormalHalf = 113U << 23; ///< 2^-14 as a float.
constexpr std::uint32_t beyondHalf = 143U << 23;         ///< 2^16 as a float.

template<class T>
T load(const std::byte* place)
{
    T value{};
    std::memcpy(&value, place, sizeof value);
    return value;
}

/// Drops the lowest bits of a magnitude, to the nearest, ties to even; a carry may raise the
/// exponent, which is right.
std::uint32_t roundedShift(std::uint32_t value, int bits)
{
    const std::uint32_t half = std::uint32_t{1} << (bits - 1);
    const std::uint32_t odd = (value >> bits) & 1;
    return (value + half - 1 + odd) >> bits;
}

template<DType dtype>
float read(const std::byte* place)
{
    if constexpr (dtype == DType::F64)
        return static_cast<float>(load<double>(place));
    else if constexpr (dtype == DType::F32)
        return load<float>(place);
    else if constexpr (dtype == DType::F16)
        return halfToFloat(load<std::uint16_t>(place));
    else
        return bfloat16ToFloat(load<std::uint16_t>(place));
}

template<DType dtype>
auto narrowed(float value)
{
    if constexpr (dtype == DType::F64)
        return static_cast<double>(value);
    else if constexpr (dtype == DType::F32)
        return value;
    else if constexpr (dtype == DType::F16)
        return floatToHalf(value);
    else
        return floatToBfloat16(value);
}

template<DType from, DType to>
ConversionReport convert(std::span<const std::byte> source, std::vector<std::byte>& target)
{
    const std::size_t width = elementSize(from);
    const std::size_t count = source.size() / width;
    target.resize(count * elementSize(to));
    ConversionReport report;
    for (std::size_t i = 0; i < count; ++i) {
        const float value = read<from>(&source[i * width]);
        const auto result = narrowed<to>(value);
        std::memcpy(&target[i * sizeof result], &result, sizeof result);
        const bool finite = std::isfinite(value);
        report.notFinite += finite ? 0 : 1;
        if (finite && !std::isfinite(read<to>(&target[i * sizeof result])))
            ++report.overflowed;
    }
    return report;
}

template<DType from>
ConversionReport convertFrom(std::span<const std::byte> source, DType to,
                             std::vector<std::byte>& target)
{
    switch (to) {
    case DType::F64: return convert<from, DType::F64>(source, target);
    case DType::F32: return convert<from, DType::F32>(source, target);
    case DType::F16: return convert<from, DType::F16>(source, target);
    default: return convert<from, DType::BF16>(source, target);
    }
}

template<DType dtype>
std::uint64_t notFinite(std::span<const std::byte> elements)
{
    const std::size_t width = elementSize(dtype);
    std::uint64_t count = 0;
    for (std::size_t at = 0; at + width <= elements.size(); at += width)
        count += std::isfinite(read<dtype>(&elements[at])) ? 0 : 1;
    return count;
}

} // namespace

float halfToFloat(std::uint16_t half) noexcept
{
    const std::uint32_t sign = std::uint32_t{half & 0x8000U} << 16;
    const std::uint32_t magnitude = std::uint32_t{half & 0x7FFFU} << halfShift;
    if ((half & halfInfinity) == halfInfinity)
        return std::bit_cast<float>(sign | floatInfinity | magnitude);
    if ((half & halfInfinity) != 0)
        return std::bit_cast<float>(sign | (magnitude + biasDifference));
    // Subnormal: the mantissa counts steps of 2^-24.
    constexpr float step = 0x1p-24F;
    const float value = static_cast<float>(half & 0x3FFU) * step;
    return std::bit_cast<float>(sign | std::bit_cast<std::uint32_t>(value));
}

std::uint16_t floatToHalf(float value) noexcept
{
    const auto bits = std::bit_cast<std::uint32_t>(value);
    const auto sign = static_cast<std::uint16_t>((bits >> 16) & 0x8000);
    const std::uint32_t magnitude = bits & 0x7FFFFFFF;
    std::uint32_t half = 0;
    if (magnitude > floatInfinity)
        half = halfInfinity | 0x0200 | ((magnitude >> halfShift) & 0x3FF); // a quiet NaN
    else if (magnitude >= beyondHalf)
        half = halfInfinity;
    else if (magnitude >= smallestNormalHalf)
        half = roundedShift(magnitude - biasDifference, halfShift);
    else {
        // 2^-24 is the step; one bit more of the mantissa drops per exponent below 2^-14.
        const int shift = 126 - static_cast<int>(magnitude >> 23);
        const std::uint32_t mantissa = (magnitude & 0x7FFFFF) | 0x800000;
        half = shift > 24 ? 0 : roundedShift(mantissa, shift);
    }
    return static_cast<std::uint16_t>(sign | half);
}

float bfloat16ToFloat(std::uint16_t value) noexcept
{
    return std::bit_cast<float>(std::uint32_t{value} << 16);
}

std::uint16_t floatToBfloat16(float value) noexcept
{
    const auto bits = std::bit_cast<std::uint32_t>(value);
    if ((bits & 0x7FFFFFFF) > floatInfinity)
        return static_cast<std::uint16_t>((bits >> 16) | 0x0040); // a quiet NaN
    return static_cast<std::uint16_t>(((bits & 0x80000000) >> 16) |
                                      roundedShift(bits & 0x7FFFFFFF, 16));
}

bool isFloatingPoint(DType dtype) noexcept
{
    return dtype == DType::F64 || dtype == DType::F32 || dtype == DType::F16 ||
           dtype == DType::BF16;
}

ConversionReport convertElements(std::span<const std::byte> source, DType from, DType to,
                                 std::vector<std::byte>& target)
{
    assert(isFloatingPoint(from) && isFloatingPoint(to));
    switch (from) {
    case DType::F64: return convertFrom<DType::F64>(source, to, target);
    case DType::F32: return convertFrom<DType::F32>(source, to, target);
    case DType::F16: return convertFrom<DType::F16>(source, to, target);
    default: return convertFrom<DType::BF16>(source, to, target);
    }
}

std::uint64_t countNotFinite(std::span<const std::byte> elements, DType dtype)
{
    switch (dtype) {
    case DType::F64: return notFinite<DType::F64>(elements);
    case DType::F32: return notFinite<DType::F32>(elements);
    case DType::F16: return notFinite<DType::F16>(elements);
    case DType::BF16: return notFinite<DType::BF16>(elements);
    default: return 0;
    }
}

} // namespace limpid::checkpoint
