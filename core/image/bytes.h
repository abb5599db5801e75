// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace limpid::image {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

enum class ByteOrder { Little, Big };

[[noreturn]] inline void throwFailure(ErrorCode code, std::string detail)
{
    throw Failure({.code = code, .detail = std::move(detail), .path = {}});
}

/// The `length` bytes at `offset`. Throws Failure(DamagedFile) when they are not all there.
inline ByteView part(ByteView bytes, std::size_t offset, std::size_t length)
{
    if (offset > bytes.size() || length > bytes.size() - offset)
        throwFailure(ErrorCode::DamagedFile, "the file ends before its contents do");
    return bytes.subspan(offset, length);
}

/// An unsigned number of 1 to 4 bytes. Throws as part().
inline std::uint32_t number(ByteView bytes, std::size_t offset, int width, ByteOrder order)
{
    const ByteView digits = part(bytes, offset, static_cast<std::size_t>(width));
    std::uint32_t value = 0;
    for (int i = 0; i < width; ++i)
        value = value << 8 |
                digits[static_cast<std::size_t>(order == ByteOrder::Big ? i : width - 1 - i)];
    return value;
}

/// Overwrites an unsigned number inside `bytes`. Throws as part().
inline void putNumber(Bytes& bytes, std::size_t offset, std::uint32_t value, int width,
                      ByteOrder order)
{
    part(bytes, offset, static_cast<std::size_t>(width));
    for (int i = 0; i < width; ++i) {
        const int shift = 8 * (order == ByteOrder::Big ? width - 1 - i : i);
        bytes[offset + static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(value >> shift);
    }
}

inline void appendNumber(Bytes& bytes, std::uint32_t value, int width, ByteOrder order)
{
    bytes.resize(bytes.size() + static_cast<std::size_t>(width));
    putNumber(bytes, bytes.size() - static_cast<std::size_t>(width), value, width, order);
}

inline void append(Bytes& bytes, ByteView more)
{
    bytes.insert(bytes.end(), more.begin(), more.end());
}

/// The characters as bytes, without a terminating zero.
inline ByteView viewOf(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

inline std::string_view textOf(ByteView bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

inline bool startsWith(ByteView bytes, std::string_view prefix)
{
    return textOf(bytes).starts_with(prefix);
}

inline Bytes copyOf(ByteView bytes)
{
    return {bytes.begin(), bytes.end()};
}

} // namespace limpid::image
