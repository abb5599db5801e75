// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/exif_level.h"

#include "core/image/exif_block.h"
#include "core/image/jpeg_container.h"

#include <algorithm>
#include <array>

namespace limpid::image {

namespace {

/// Tags from one number to another, all of them known to a standard.
struct Tags {
    std::uint16_t first;
    std::uint16_t last;
};

template<std::size_t count>
bool holds(const std::array<Tags, count>& list, std::uint16_t tag)
{
    return std::any_of(list.begin(), list.end(),
                       [tag](const Tags& tags) { return tag >= tags.first && tag <= tags.last; });
}

/// Of TIFF 6, Exif 3 and Windows (ratings and XP…), but for GPS, the maker note, other blocks
/// inside this one, and what says how a thumbnail or a TIFF file stores its pixels. Writers do not
/// agree which of the first two directories some tags belong to.
constexpr std::array standardTags{
    Tags{0x0100, 0x0103}, Tags{0x0106, 0x0106}, Tags{0x010D, 0x0110}, Tags{0x0112, 0x0112},
    Tags{0x0115, 0x0115}, Tags{0x011A, 0x011D}, Tags{0x0128, 0x0129}, Tags{0x012D, 0x012D},
    Tags{0x0131, 0x0132}, Tags{0x013B, 0x013C}, Tags{0x013E, 0x013F}, Tags{0x0211, 0x0214},
    Tags{0x4746, 0x4746}, Tags{0x4749, 0x4749}, Tags{0x8298, 0x8298}, Tags{0x829A, 0x829A},
    Tags{0x829D, 0x829D}, Tags{0x8769, 0x8769}, Tags{0x8822, 0x8822}, Tags{0x8824, 0x8824},
    Tags{0x8827, 0x8828}, Tags{0x8830, 0x8835}, Tags{0x9000, 0x9004}, Tags{0x9010, 0x9012},
    Tags{0x9101, 0x9102}, Tags{0x9201, 0x920A}, Tags{0x9214, 0x9214}, Tags{0x9286, 0x9286},
    Tags{0x9290, 0x9292}, Tags{0x9400, 0x9405}, Tags{0x9C9B, 0x9C9F}, Tags{0xA000, 0xA005},
    Tags{0xA20B, 0xA20C}, Tags{0xA20E, 0xA210}, Tags{0xA214, 0xA215}, Tags{0xA217, 0xA217},
    Tags{0xA300, 0xA302}, Tags{0xA401, 0xA40C}, Tags{0xA420, 0xA420}, Tags{0xA430, 0xA43C},
    Tags{0xA460, 0xA462}, Tags{0xA500, 0xA500}};

/// Make, model, orientation, resolution, dates with zone and fraction, artist, copyright, exposure,
/// lens but not its serial number, dimensions and color space.
constexpr std::array basicTags{
    Tags{0x0100, 0x0101}, Tags{0x010F, 0x0110}, Tags{0x0112, 0x0112}, Tags{0x011A, 0x011B},
    Tags{0x0128, 0x0128}, Tags{0x0132, 0x0132}, Tags{0x013B, 0x013B}, Tags{0x8298, 0x8298},
    Tags{0x829A, 0x829A}, Tags{0x829D, 0x829D}, Tags{0x8769, 0x8769}, Tags{0x8822, 0x8822},
    Tags{0x8827, 0x8827}, Tags{0x8830, 0x8835}, Tags{0x9000, 0x9000}, Tags{0x9003, 0x9004},
    Tags{0x9010, 0x9012}, Tags{0x9201, 0x9205}, Tags{0x9207, 0x920A}, Tags{0x9290, 0x9292},
    Tags{0xA001, 0xA003}, Tags{0xA005, 0xA005}, Tags{0xA402, 0xA406}, Tags{0xA432, 0xA434},
    Tags{0xA500, 0xA500}};

constexpr std::array interopTags{Tags{0x0001, 0x0002}, Tags{0x1000, 0x1002}};

/// GPS, and what holds nothing: Microsoft's room to grow and its note on where the maker note was.
constexpr std::array noLossTags{Tags{0x8825, 0x8825}, Tags{0xEA1C, 0xEA1D}};

bool keeps(MetadataLevel level, ExifPlace place, std::uint16_t tag)
{
    if (place == ExifPlace::Gps || level == MetadataLevel::None)
        return false;
    if (place == ExifPlace::Interop)
        return holds(interopTags, tag);
    return level == MetadataLevel::Basic ? holds(basicTags, tag) : holds(standardTags, tag);
}

/// Of the old thumbnail; 0 when there is none.
std::size_t thumbnailBytes(const TiffStructure& exif)
{
    try {
        const std::uint32_t second = exif.nextDirectory(exif.firstDirectory());
        if (second == 0)
            return 0;
        const auto entries = exif.directory(second);
        const auto offset = findTag(entries, tiff::thumbnailOffset);
        const auto length = findTag(entries, tiff::thumbnailLength);
        return offset && length
                   ? part(exif.block(), exif.number(*offset), exif.number(*length)).size()
                   : 0;
    } catch (const Failure&) {
        return 0;
    }
}

Bytes rewritten(const TiffStructure& exif, const TagFilter& filter)
{
    constexpr std::size_t mostForSegment = jpeg::maxPayload - 6; // its prefix
    constexpr std::size_t directoryBytes = 44;
    // Tags may share a value in the source, or stand closer than they are written.
    const std::size_t room = std::max(exif.block().size(), mostForSegment);
    Bytes block = rebuiltExif(exif, filter, room);
    const std::size_t picture = thumbnailBytes(exif);
    if (block.empty() || picture == 0 || block.size() + directoryBytes + picture > room)
        return block;
    return withRoomForThumbnail(std::move(block), picture);
}

} // namespace

ReducedExif reducedExif(ByteView exif, MetadataLevel level)
{
    ReducedExif reduced;
    const TagFilter filter = [&reduced, level](ExifPlace place, std::uint16_t tag) {
        const bool isKept = keeps(level, place, tag);
        const bool isMissed = !isKept && place != ExifPlace::Gps && !holds(noLossTags, tag);
        reduced.losesPrivate |= isMissed && level == MetadataLevel::NoLocation;
        return isKept;
    };
    try {
        reduced.block = rewritten(TiffStructure(exif), filter);
    } catch (const Failure&) {
        reduced = {.block = {}, .isReadable = exif.empty(), .losesPrivate = false};
    }
    return reduced;
}

} // namespace limpid::image
