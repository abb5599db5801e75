// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/checkpoint/byte_source.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>

namespace limpid::checkpoint {

/// A stored (not compressed) file of an archive.
struct ZipRecord {
    std::uint64_t offset = 0; ///< Of its first byte, from the beginning of the archive.
    std::uint64_t bytes = 0;
    std::uint32_t crc = 0; ///< CRC-32 as the archive states it; not verified here.
};

using ZipRecords = std::map<std::string, ZipRecord, std::less<>>;

/// The records of a zip archive (also zip64), none of which overlap. Own code, because the places
/// of the records are wanted, which libzip cannot tell. Compressed, encrypted and repeated
/// records are refused. Throws Failure (ModelDamaged, UnsupportedFormat, without a path).
ZipRecords readZipRecords(const ByteSource& archive);

/// CRC-32 of ISO 3309, as zip uses it. `sum` is that of the bytes before.
std::uint32_t crc32(std::span<const std::byte> bytes, std::uint32_t sum = 0);

} // namespace limpid::checkpoint
