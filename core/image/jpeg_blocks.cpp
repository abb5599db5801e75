// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/jpeg_blocks.h"

#include "core/base/round_up.h"
#include "core/image/xmp_source_type.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>

namespace limpid::image {

namespace {

using namespace std::string_view_literals;

constexpr auto exifPrefix = "Exif\0\0"sv;
constexpr auto xmpPrefix = "http://ns.adobe.com/xap/1.0/\0"sv;
constexpr auto extendedPrefix = "http://ns.adobe.com/xmp/extension/\0"sv;
constexpr auto iccPrefix = "ICC_PROFILE\0"sv;
constexpr auto photoshopPrefix = "Photoshop 3.0\0"sv;
constexpr std::size_t guidLength = 32;
constexpr std::uint32_t iptcResource = 0x0404;

struct Prefix {
    std::uint8_t marker;
    std::string_view text;
    JpegBlock kind;
};

constexpr std::array prefixes{
    Prefix{jpeg::app0, "JFIF\0"sv, JpegBlock::Jfif},
    Prefix{jpeg::app0, ""sv, JpegBlock::Encoder},
    Prefix{jpeg::app1, exifPrefix, JpegBlock::Exif},
    Prefix{jpeg::app1, xmpPrefix, JpegBlock::Xmp},
    Prefix{jpeg::app1, extendedPrefix, JpegBlock::ExtendedXmp},
    Prefix{jpeg::app2, iccPrefix, JpegBlock::Icc},
    Prefix{jpeg::app2, "MPF\0"sv, JpegBlock::MultiPicture},
    Prefix{jpeg::app2, "urn:iso:std:iso:ts:21496:-1\0"sv, JpegBlock::MultiPicture}, // gain map
    Prefix{jpeg::app11, ""sv, JpegBlock::MultiPicture}, // JUMBF: signed or holds pictures
    Prefix{jpeg::app13, photoshopPrefix, JpegBlock::Photoshop},
    Prefix{jpeg::app14, "Adobe"sv, JpegBlock::Encoder},
};

const Prefix* prefixOf(const JpegSegment& segment)
{
    const auto* found = std::find_if(prefixes.begin(), prefixes.end(), [&](const Prefix& prefix) {
        return segment.marker == prefix.marker && startsWith(segment.payload, prefix.text);
    });
    return found == prefixes.end() ? nullptr : found;
}

ByteView contentOf(const JpegSegment& segment)
{
    const Prefix* prefix = prefixOf(segment);
    return ByteView(segment.payload).subspan(prefix == nullptr ? 0 : prefix->text.size());
}

/// The first segment of a kind that may occur once.
Bytes firstOf(const std::vector<JpegSegment>& segments, JpegBlock kind)
{
    const auto found = std::find_if(segments.begin(), segments.end(),
                                    [kind](const auto& item) { return kindOf(item) == kind; });
    return found == segments.end() ? Bytes() : copyOf(contentOf(*found));
}

JpegSegment makeSegment(std::uint8_t marker, std::string_view prefix, ByteView content)
{
    JpegSegment segment{.marker = marker, .payload = copyOf(viewOf(prefix))};
    append(segment.payload, content);
    return segment;
}

/// Calls `make` with the content cut into pieces of at most `length` bytes.
std::vector<JpegSegment> cut(ByteView content, std::size_t length,
                             const std::function<JpegSegment(std::size_t, ByteView)>& make)
{
    std::vector<JpegSegment> segments;
    for (std::size_t at = 0; at < content.size(); at += length)
        segments.push_back(make(at, content.subspan(at, std::min(length, content.size() - at))));
    return segments;
}

/// 128 bits that depend on every byte (FNV-1a twice): readers only compare them.
std::string guidOf(ByteView content)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string guid;
    for (std::uint64_t hash : {0xCBF29CE484222325ULL, 0x84222325CBF29CE4ULL}) {
        for (const std::uint8_t byte : content)
            hash = (hash ^ byte) * 0x100000001B3ULL;
        for (int shift = 60; shift >= 0; shift -= 4)
            guid += digits[hash >> shift & 0xF];
    }
    return guid;
}

/// A reader of the first segment alone shall learn what made the picture: its DigitalSourceType
/// stands there, and nowhere else.
std::vector<JpegSegment> splitXmp(ByteView whole)
{
    const auto taken = takenSourceType(whole);
    const ByteView packet = taken ? ByteView(taken->packet) : whole;
    const std::string guid = guidOf(packet);
    const std::string main =
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
        "<rdf:Description rdf:about=\"\" xmlns:xmpNote=\"http://ns.adobe.com/xmp/note/\" "
        "xmpNote:HasExtendedXMP=\"" +
        guid + "\"" + (taken ? taken->attribute : std::string()) + "/></rdf:RDF></x:xmpmeta>";
    std::vector<JpegSegment> segments{makeSegment(jpeg::app1, xmpPrefix, viewOf(main))};
    const std::size_t room = jpeg::maxPayload - extendedPrefix.size() - guidLength - 8;
    const auto pieces = cut(packet, room, [&](std::size_t at, ByteView piece) {
        JpegSegment segment = makeSegment(jpeg::app1, extendedPrefix, viewOf(guid));
        appendNumber(segment.payload, static_cast<std::uint32_t>(packet.size()), 4, ByteOrder::Big);
        appendNumber(segment.payload, static_cast<std::uint32_t>(at), 4, ByteOrder::Big);
        append(segment.payload, piece);
        return segment;
    });
    segments.insert(segments.end(), pieces.begin(), pieces.end());
    return segments;
}

} // namespace

JpegBlock kindOf(const JpegSegment& segment)
{
    const Prefix* prefix = prefixOf(segment);
    return prefix == nullptr ? JpegBlock::Other : prefix->kind;
}

Bytes collectExif(const std::vector<JpegSegment>& segments)
{
    return firstOf(segments, JpegBlock::Exif);
}

Bytes collectXmp(const std::vector<JpegSegment>& segments)
{
    return firstOf(segments, JpegBlock::Xmp);
}

Bytes collectExtendedXmp(const std::vector<JpegSegment>& segments)
{
    const Bytes packet = collectXmp(segments);
    const std::string_view main = textOf(packet);
    std::map<std::uint32_t, ByteView> pieces;
    for (const JpegSegment& segment : segments) {
        const ByteView content = contentOf(segment);
        if (kindOf(segment) != JpegBlock::ExtendedXmp || content.size() < guidLength + 8)
            continue;
        // Segments that the main packet does not name are leftovers of an editor.
        if (main.find(textOf(content.first(guidLength))) != main.npos)
            pieces[number(content, guidLength + 4, 4, ByteOrder::Big)] =
                content.subspan(guidLength + 8);
    }
    Bytes extended;
    for (const auto& [offset, piece] : pieces) {
        if (offset == extended.size())
            append(extended, piece);
    }
    return extended;
}

Bytes collectIcc(const std::vector<JpegSegment>& segments)
{
    std::map<int, ByteView> pieces; // numbered from 1, in any order
    for (const JpegSegment& segment : segments) {
        const ByteView content = contentOf(segment);
        if (kindOf(segment) == JpegBlock::Icc && content.size() > 2)
            pieces[content[0]] = content.subspan(2);
    }
    Bytes profile;
    for (const auto& [index, piece] : pieces)
        append(profile, piece);
    return profile;
}

Bytes collectPhotoshop(const std::vector<JpegSegment>& segments)
{
    Bytes resources;
    for (const JpegSegment& segment : segments) {
        if (kindOf(segment) == JpegBlock::Photoshop)
            append(resources, contentOf(segment));
    }
    return resources;
}

std::vector<JpegSegment> exifSegments(ByteView exif)
{
    return {makeSegment(jpeg::app1, exifPrefix, exif)};
}

std::vector<JpegSegment> xmpSegments(ByteView packet)
{
    if (xmpPrefix.size() + packet.size() <= jpeg::maxPayload)
        return {makeSegment(jpeg::app1, xmpPrefix, packet)};
    return splitXmp(packet);
}

std::vector<JpegSegment> iccSegments(ByteView profile)
{
    const std::size_t room = jpeg::maxPayload - iccPrefix.size() - 2;
    const std::size_t count = piecesFor(profile.size(), room);
    if (count > 255)
        return {}; // the format can number no more
    return cut(profile, room, [room, count](std::size_t at, ByteView piece) {
        JpegSegment segment = makeSegment(jpeg::app2, iccPrefix, {});
        segment.payload.push_back(static_cast<std::uint8_t>(at / room + 1));
        segment.payload.push_back(static_cast<std::uint8_t>(count));
        append(segment.payload, piece);
        return segment;
    });
}

std::vector<JpegSegment> photoshopSegments(ByteView resources)
{
    return cut(resources, jpeg::maxPayload - photoshopPrefix.size(),
               [](std::size_t, ByteView piece) {
                   return makeSegment(jpeg::app13, photoshopPrefix, piece);
               });
}

bool hasResourceMark(ByteView resource)
{
    // Photoshop's, ImageReady's, and PhotoDeluxe's.
    constexpr std::array marks{"8BIM"sv, "MeSa"sv, "AgHg"sv, "PHUT"sv, "DCSR"sv};
    return std::ranges::any_of(marks, [&](auto mark) { return startsWith(resource, mark); });
}

Bytes iptcOf(ByteView photoshop)
{
    // A resource: "8BIM", number (2), name with length byte padded to even, length (4), content
    // padded to even.
    for (std::size_t at = 0;
         at + 12 <= photoshop.size() && hasResourceMark(photoshop.subspan(at));) {
        const std::size_t nameLength = number(photoshop, at + 6, 1, ByteOrder::Big) + 1;
        const std::size_t start = at + 6 + nameLength + nameLength % 2;
        const std::size_t length = number(photoshop, start, 4, ByteOrder::Big);
        const ByteView content = part(photoshop, start + 4, length);
        if (startsWith(photoshop.subspan(at), "8BIM") &&
            number(photoshop, at + 4, 2, ByteOrder::Big) == iptcResource)
            return copyOf(content);
        at = start + 4 + length + length % 2;
    }
    return {};
}

Bytes photoshopAround(ByteView iptc)
{
    Bytes resource = copyOf(viewOf("8BIM"));
    appendNumber(resource, iptcResource, 2, ByteOrder::Big);
    appendNumber(resource, 0, 2, ByteOrder::Big);
    appendNumber(resource, static_cast<std::uint32_t>(iptc.size()), 4, ByteOrder::Big);
    append(resource, iptc);
    resource.resize(resource.size() + resource.size() % 2);
    return resource;
}

} // namespace limpid::image
