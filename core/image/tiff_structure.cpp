// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/tiff_structure.h"

#include <algorithm>
#include <array>

namespace limpid::image {

namespace {

/// Bytes per element of the types 1 to 13; 0 for unknown ones.
std::size_t elementSize(std::uint16_t type)
{
    constexpr std::array<std::size_t, 14> sizes{0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};
    return type < sizes.size() ? sizes[type] : 0;
}

} // namespace

TiffStructure::TiffStructure(ByteView block) : block_(block)
{
    const std::string_view mark = textOf(part(block, 0, tiff::headerSize)).substr(0, 4);
    if (mark == std::string_view("MM\0*", 4))
        order_ = ByteOrder::Big;
    else if (mark != std::string_view("II*\0", 4))
        throwFailure(ErrorCode::DamagedFile, "not a TIFF structure");
}

std::vector<TiffEntry> TiffStructure::directory(std::uint32_t offset) const
{
    const std::size_t count = numberAt(offset, 2);
    part(block_, offset + std::size_t{2}, count * tiff::entrySize);
    std::vector<TiffEntry> entries;
    for (std::size_t i = 0; i < count; ++i) {
        TiffEntry entry;
        entry.position = offset + 2 + i * tiff::entrySize;
        entry.tag = static_cast<std::uint16_t>(numberAt(entry.position, 2));
        entry.type = static_cast<std::uint16_t>(numberAt(entry.position + 2, 2));
        entry.count = numberAt(entry.position + 4, 4);
        entry.valueSize = elementSize(entry.type) * entry.count;
        entry.valuePosition =
            entry.valueSize <= 4 ? entry.position + 8 : numberAt(entry.position + 8, 4);
        const bool isInside = entry.valuePosition <= block_.size() &&
                              entry.valueSize <= block_.size() - entry.valuePosition;
        if (elementSize(entry.type) > 0 && isInside)
            entries.push_back(entry);
    }
    return entries;
}

std::uint32_t TiffStructure::nextDirectory(std::uint32_t offset) const
{
    const std::size_t end = offset + std::size_t{2} + numberAt(offset, 2) * tiff::entrySize;
    // Some writers leave the last pointer out.
    return end + 4 <= block_.size() ? numberAt(end, 4) : 0;
}

std::vector<TiffEntry> TiffStructure::subDirectory(std::uint32_t parent,
                                                   std::uint16_t pointerTag) const
{
    const auto pointer = findTag(directory(parent), pointerTag);
    if (!pointer)
        return {};
    try {
        return directory(number(*pointer));
    } catch (const Failure&) {
        return {};
    }
}

std::uint32_t TiffStructure::number(const TiffEntry& entry, std::uint32_t index) const
{
    const bool isNumber = entry.type == tiff::byteType || entry.type == tiff::shortType ||
                          entry.type == tiff::longType || entry.type == 13;
    if (!isNumber || index >= entry.count)
        throwFailure(ErrorCode::DamagedFile, "a TIFF tag holds no such number");
    const std::size_t width = elementSize(entry.type);
    return numberAt(entry.valuePosition + index * width, static_cast<int>(width));
}

ByteView TiffStructure::value(const TiffEntry& entry) const
{
    return part(block_, entry.valuePosition, entry.valueSize);
}

std::optional<TiffEntry> findTag(const std::vector<TiffEntry>& directory, std::uint16_t tag)
{
    const auto found = std::find_if(directory.begin(), directory.end(),
                                    [tag](const TiffEntry& entry) { return entry.tag == tag; });
    return found == directory.end() ? std::nullopt : std::optional(*found);
}

} // namespace limpid::image
