// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

namespace limpid {

/// Reads little-endian numbers out of a file that nobody vouches for. Every access is checked;
/// one beyond the end throws Failure and leaves the position as it was. Borrows the bytes.
class ByteReader {
public:
    /// `path` and `code` are those of the Failure.
    ByteReader(std::span<const std::byte> bytes, std::filesystem::path path,
               ErrorCode code = ErrorCode::DamagedFile);

    std::size_t position() const { return position_; }
    std::size_t remaining() const { return bytes_.size() - position_; }

    /// Counted from the beginning; the end itself is allowed.
    void seek(std::uint64_t position);

    std::span<const std::byte> take(std::uint64_t count);

    template<std::integral T>
    T read()
    {
        std::make_unsigned_t<T> value = 0;
        unsigned shift = 0;
        for (const std::byte byte : take(sizeof(T))) {
            value |= static_cast<std::make_unsigned_t<T>>(static_cast<std::make_unsigned_t<T>>(byte)
                                                          << shift);
            shift += 8;
        }
        return static_cast<T>(value);
    }

private:
    std::span<const std::byte> bytes_;
    std::filesystem::path path_;
    ErrorCode code_;
    std::size_t position_ = 0;
};

} // namespace limpid
