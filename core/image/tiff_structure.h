// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/bytes.h"

#include <optional>

namespace limpid::image {

namespace tiff {
constexpr std::uint16_t imageWidth = 0x0100;
constexpr std::uint16_t imageLength = 0x0101;
constexpr std::uint16_t orientation = 0x0112;
constexpr std::uint16_t software = 0x0131;
constexpr std::uint16_t subDirectories = 0x014A;
constexpr std::uint16_t thumbnailOffset = 0x0201;
constexpr std::uint16_t thumbnailLength = 0x0202;
constexpr std::uint16_t xmp = 0x02BC;
constexpr std::uint16_t iptc = 0x83BB;
constexpr std::uint16_t photoshop = 0x8649;
constexpr std::uint16_t exifDirectory = 0x8769;
constexpr std::uint16_t icc = 0x8773;
constexpr std::uint16_t gpsDirectory = 0x8825;
constexpr std::uint16_t interopDirectory = 0xA005;

constexpr std::uint16_t byteType = 1;
constexpr std::uint16_t shortType = 3;
constexpr std::uint16_t longType = 4;
constexpr std::uint16_t undefinedType = 7;
constexpr std::size_t headerSize = 8;
constexpr std::size_t entrySize = 12;
} // namespace tiff

/// One tag of a directory. Its value lies inside the block.
struct TiffEntry {
    std::uint16_t tag = 0;
    std::uint16_t type = 0;
    std::uint32_t count = 0;
    std::size_t position = 0;      ///< Of the 12 bytes of the entry.
    std::size_t valuePosition = 0; ///< Inside the entry when the value takes at most 4 bytes.
    std::size_t valueSize = 0;
};

/// Reads the directories of a TIFF file or an EXIF block, which share one structure. A view: the
/// bytes must live longer.
class TiffStructure {
public:
    /// Throws Failure(DamagedFile) when the header is none.
    explicit TiffStructure(ByteView block);

    ByteOrder order() const { return order_; }
    ByteView block() const { return block_; }
    std::uint32_t firstDirectory() const { return numberAt(4, 4); }

    /// The entries of the directory at `offset`. Those whose value lies outside the block, and
    /// types that are not known, are left out. Throws Failure when the directory itself does.
    std::vector<TiffEntry> directory(std::uint32_t offset) const;

    /// Offset of the directory after the one at `offset`; 0 when there is none.
    std::uint32_t nextDirectory(std::uint32_t offset) const;

    /// The directory that a pointer tag names; empty when absent or broken.
    std::vector<TiffEntry> subDirectory(std::uint32_t parent, std::uint16_t pointerTag) const;

    /// An element of a BYTE, SHORT or LONG value. Throws Failure for other types and indices.
    std::uint32_t number(const TiffEntry& entry, std::uint32_t index = 0) const;

    ByteView value(const TiffEntry& entry) const;

private:
    std::uint32_t numberAt(std::size_t position, int width) const
    {
        return image::number(block_, position, width, order_);
    }

    ByteView block_;
    ByteOrder order_ = ByteOrder::Little;
};

/// The entry with this tag; none when absent.
std::optional<TiffEntry> findTag(const std::vector<TiffEntry>& directory, std::uint16_t tag);

} // namespace limpid::image
