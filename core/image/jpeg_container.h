// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/bytes.h"
#include "core/image/photo_reader.h"

#include <vector>

namespace limpid::image {

/// One APPn or COM segment: the marker's second byte and what follows the length.
struct JpegSegment {
    std::uint8_t marker = 0;
    Bytes payload;
};

namespace jpeg {
constexpr std::uint8_t app0 = 0xE0;
constexpr std::uint8_t app1 = 0xE1;
constexpr std::uint8_t app2 = 0xE2;
constexpr std::uint8_t app11 = 0xEB;
constexpr std::uint8_t app13 = 0xED;
constexpr std::uint8_t app14 = 0xEE;
constexpr std::uint8_t comment = 0xFE;
constexpr std::size_t maxPayload = 65533;
} // namespace jpeg

/// What a JPEG file consists of.
struct JpegLayout {
    PhotoHeader header;
    std::vector<JpegSegment> segments; ///< All APPn and COM segments, in file order.
    bool hasMoreAfterEnd = false;      ///< Another picture or a video follows the end marker.
};

/// Walks every marker without decoding. Refuses truncated files, more than one frame header, and
/// so many progressive scans that decoding would take minutes.
JpegLayout parseJpeg(ByteView file, const ReadLimits& limits);

/// The encoded picture with its own APPn and COM segments replaced by these.
Bytes withSegments(ByteView encoded, const std::vector<JpegSegment>& segments);

} // namespace limpid::image
