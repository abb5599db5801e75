// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace limpid {

/// How many pieces of `size` it takes to hold `length`. Neither may be negative, size not 0; their
/// sum must be a T, an integer.
template<class T>
constexpr T piecesFor(T length, T size)
{
    return (length + size - 1) / size;
}

/// The smallest multiple that is not less than `length`; bounds as above.
template<class T>
constexpr T roundedUp(T length, T multiple)
{
    return piecesFor(length, multiple) * multiple;
}

} // namespace limpid
