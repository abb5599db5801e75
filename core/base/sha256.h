// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace limpid {

/// SHA-256 (FIPS 180-4) of bytes that arrive in pieces.
class Sha256 {
public:
    void add(std::span<const std::byte> bytes);

    /// 64 lowercase hexadecimal digits. Ends the sum: nothing is added afterwards.
    std::string hex();

private:
    void addByte(std::byte byte);
    void processBlock();

    std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    std::array<std::uint8_t, 64> block_{};
    std::uint64_t length_ = 0; ///< In bytes.
};

/// The checksum of a whole file. FileNotFound, NotARegularFile, FileUnreadable.
[[nodiscard]] Result<std::string> sha256OfFile(const std::filesystem::path& path);

} // namespace limpid
