// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/iptc_level.h"

#include "core/image/jpeg_blocks.h"

#include <algorithm>
#include <array>
#include <utility>

namespace limpid::image {

namespace {

constexpr std::uint32_t envelope = 1;
constexpr std::uint32_t application = 2;
constexpr std::uint32_t lastKnown = 188; // beyond: previews and programs' own records
constexpr std::uint32_t characterSet = 90;
constexpr std::uint32_t iptcResource = 0x0404;

// Content Location Code and Name, City, Sub-location, Province/State, Country Code and Name.
constexpr std::array<std::uint32_t, 7> placeRecords{26, 27, 90, 92, 95, 100, 101};
// Version, dates and times, by-line and its title, credit, source, copyright.
constexpr std::array<std::uint32_t, 10> basicRecords{0, 55, 60, 62, 63, 80, 85, 110, 115, 116};

// Resolution, print flags, quality, copyright flag and URL.
constexpr std::array<std::uint32_t, 5> plainResources{0x03ED, 0x03F3, 0x0406, 0x040A, 0x040B};
// Thumbnails, EXIF, XMP and a checksum of IPTC: copies of what is dealt with elsewhere.
constexpr std::array<std::uint32_t, 6> copyResources{0x0409, 0x040C, 0x0422,
                                                     0x0423, 0x0424, 0x0425};

template<std::size_t count>
bool holds(const std::array<std::uint32_t, count>& list, std::uint32_t number)
{
    return std::find(list.begin(), list.end(), number) != list.end();
}

/// True for previews and for what programs have agreed on with nobody.
bool isPrivateRecord(std::uint32_t record, std::uint32_t dataset)
{
    return record != envelope && (record != application || dataset > lastKnown);
}

bool keepsRecord(MetadataLevel level, std::uint32_t record, std::uint32_t dataset)
{
    if (level == MetadataLevel::Basic)
        return record == envelope ? dataset == characterSet
                                  : record == application && holds(basicRecords, dataset);
    return !isPrivateRecord(record, dataset) &&
           (record == envelope || !holds(placeRecords, dataset));
}

bool isClippingPath(std::uint32_t resource)
{
    return resource >= 0x07D0 && resource <= 0x0BB7;
}

bool isBlank(ByteView bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0; });
}

/// The length of a dataset's value and where it begins, counted from the dataset's mark. The top
/// bit says that the length itself has that many bytes.
std::pair<std::size_t, std::size_t> valueIn(ByteView dataset)
{
    constexpr std::size_t header = 5;
    constexpr std::uint32_t extended = 0x8000;
    const std::uint32_t length = number(dataset, 3, 2, ByteOrder::Big);
    if (length < extended)
        return {length, header};
    const std::uint32_t width = length - extended;
    if (width < 1 || width > 4)
        throwFailure(ErrorCode::DamagedFile, "an IPTC record has an impossible length");
    return {number(dataset, header, static_cast<int>(width), ByteOrder::Big), header + width};
}

/// One of Photoshop's.
struct Resource {
    bool isPhotoshops = true; ///< False: another program's, whose numbers mean other things.
    std::uint32_t kind = 0;
    ByteView name;    ///< With its length and padding.
    ByteView content; ///< Without padding.
    ByteView whole;
};

Resource resourceAt(ByteView bytes)
{
    constexpr std::size_t nameStart = 6;
    if (!hasResourceMark(bytes))
        throwFailure(ErrorCode::DamagedFile, "a Photoshop resource has no mark");
    const std::size_t nameLength = number(bytes, nameStart, 1, ByteOrder::Big) + 1;
    const ByteView name = part(bytes, nameStart, nameLength + nameLength % 2);
    const std::size_t start = nameStart + name.size();
    const ByteView content = part(bytes, start + 4, number(bytes, start, 4, ByteOrder::Big));
    return {.isPhotoshops = startsWith(bytes, "8BIM"),
            .kind = number(bytes, 4, 2, ByteOrder::Big),
            .name = name,
            .content = content,
            .whole = bytes.first(start + 4 + content.size())};
}

void addIptc(ReducedRecords& reduced, ByteView records, MetadataLevel level)
{
    const ReducedRecords iptc = reducedIptc(records, level);
    reduced.isReadable = reduced.isReadable && iptc.isReadable;
    reduced.losesOther = reduced.losesOther || iptc.losesOther;
    if (!iptc.block.empty())
        append(reduced.block, photoshopAround(iptc.block));
}

/// Only paths need their names.
void addOther(ReducedRecords& reduced, const Resource& resource)
{
    constexpr std::array<std::uint8_t, 2> noName{};
    const bool isPath = resource.isPhotoshops && isClippingPath(resource.kind);
    if (!isPath && !(resource.isPhotoshops && holds(plainResources, resource.kind))) {
        const bool isCopy = resource.isPhotoshops && holds(copyResources, resource.kind);
        reduced.losesOther = reduced.losesOther || !isCopy;
        return;
    }
    append(reduced.block, viewOf("8BIM"));
    appendNumber(reduced.block, resource.kind, 2, ByteOrder::Big);
    append(reduced.block, isPath ? resource.name : ByteView(noName));
    appendNumber(reduced.block, static_cast<std::uint32_t>(resource.content.size()), 4,
                 ByteOrder::Big);
    append(reduced.block, resource.content);
    reduced.block.resize(reduced.block.size() + reduced.block.size() % 2);
}

} // namespace

ReducedRecords reducedIptc(ByteView records, MetadataLevel level)
{
    constexpr std::uint8_t mark = 0x1C;
    ReducedRecords reduced;
    if (level == MetadataLevel::None)
        return reduced;
    try {
        for (std::size_t at = 0; at < records.size() && !isBlank(records.subspan(at));) {
            const ByteView rest = records.subspan(at);
            if (rest[0] != mark)
                throwFailure(ErrorCode::DamagedFile, "an IPTC record has no mark");
            const auto [length, start] = valueIn(rest);
            const ByteView whole = part(rest, 0, start + length);
            const std::uint32_t record = number(rest, 1, 1, ByteOrder::Big);
            const std::uint32_t dataset = number(rest, 2, 1, ByteOrder::Big);
            if (keepsRecord(level, record, dataset))
                append(reduced.block, whole);
            reduced.losesOther |=
                level == MetadataLevel::NoLocation && isPrivateRecord(record, dataset);
            at += whole.size();
        }
    } catch (const Failure&) {
        reduced.isReadable = false;
    }
    return reduced;
}

ReducedRecords reducedPhotoshop(ByteView resources, MetadataLevel level)
{
    ReducedRecords reduced;
    if (level == MetadataLevel::None)
        return reduced;
    try {
        for (std::size_t at = 0; at < resources.size() && !isBlank(resources.subspan(at));) {
            const Resource resource = resourceAt(resources.subspan(at));
            at += resource.whole.size() + resource.whole.size() % 2;
            if (resource.isPhotoshops && resource.kind == iptcResource)
                addIptc(reduced, resource.content, level);
            else if (level == MetadataLevel::NoLocation)
                addOther(reduced, resource);
        }
    } catch (const Failure&) {
        reduced.isReadable = false;
    }
    return reduced;
}

} // namespace limpid::image
