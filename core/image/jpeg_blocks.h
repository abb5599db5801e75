// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/jpeg_container.h"

namespace limpid::image {

/// What an APPn segment holds. `Encoder` segments say how the pixels are stored, so they must not
/// be carried over.
enum class JpegBlock { Jfif, Exif, Xmp, ExtendedXmp, Icc, Photoshop, MultiPicture, Encoder, Other };

JpegBlock kindOf(const JpegSegment& segment);

/// The contents of a block that may be spread over several segments, without the prefixes.
Bytes collectExif(const std::vector<JpegSegment>& segments);
Bytes collectXmp(const std::vector<JpegSegment>& segments);
Bytes collectExtendedXmp(const std::vector<JpegSegment>& segments);
Bytes collectIcc(const std::vector<JpegSegment>& segments);
Bytes collectPhotoshop(const std::vector<JpegSegment>& segments);

/// The other way round: as many segments as the length asks for.
std::vector<JpegSegment> exifSegments(ByteView exif);
std::vector<JpegSegment> xmpSegments(ByteView packet);
std::vector<JpegSegment> iccSegments(ByteView profile);
std::vector<JpegSegment> photoshopSegments(ByteView resources);

/// True for the start of a Photoshop resource: "8BIM", or one of the marks of Adobe's other
/// programs, whose numbers mean other things.
bool hasResourceMark(ByteView resource);

/// IPTC records inside 8BIM resources, and 8BIM resources around IPTC records.
Bytes iptcOf(ByteView photoshop);
Bytes photoshopAround(ByteView iptc);

} // namespace limpid::image
