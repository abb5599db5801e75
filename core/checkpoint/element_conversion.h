// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/checkpoint/tensor_index.h"

namespace limpid::checkpoint {

/// IEEE 754 binary16 and bfloat16. Widening is exact. Narrowing rounds to the nearest, ties to
/// even, makes subnormals where the type has them and infinities beyond its range, and keeps NaN a
/// NaN.
float halfToFloat(std::uint16_t half) noexcept;
std::uint16_t floatToHalf(float value) noexcept;
float bfloat16ToFloat(std::uint16_t value) noexcept;
std::uint16_t floatToBfloat16(float value) noexcept;

bool isFloatingPoint(DType dtype) noexcept;

/// What became of the elements of a tensor.
struct ConversionReport {
    std::uint64_t notFinite = 0;  ///< Infinities and NaNs that were there before.
    std::uint64_t overflowed = 0; ///< Numbers too large for the new type.
};

/// Writes the elements as another floating-point type; both types are F64, F32, F16 or BF16.
/// `target` is resized. The bytes need no alignment.
ConversionReport convertElements(std::span<const std::byte> source, DType from, DType to,
                                 std::vector<std::byte>& target);

/// How many elements are infinite or no number; 0 for types that have no such.
std::uint64_t countNotFinite(std::span<const std::byte> elements, DType dtype);

} // namespace limpid::checkpoint
