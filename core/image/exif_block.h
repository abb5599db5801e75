// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/geometry.h"
#include "core/image/tiff_structure.h"

#include <functional>

namespace limpid::image {

/// The orientation 1…8 in an EXIF block; 1 when absent or broken. Never throws.
int orientationOf(ByteView exif);

/// Makes the JPEG thumbnail of the exported picture, of at most this many bytes; empty when that
/// cannot be done.
using ThumbnailMaker = std::function<Bytes(std::size_t maxBytes)>;

/// The block with orientation 1, these dimensions, our name as the software, and a fresh thumbnail
/// where the old one was. Nothing moves, so maker notes stay as they are. A thumbnail that cannot
/// be replaced is erased. A block that cannot be understood is returned as it is.
Bytes patchedExif(ByteView exif, Size size, const ThumbnailMaker& makeThumbnail);

/// The directories of an EXIF block: the first one, and those that it names.
enum class ExifPlace { First, Exif, Gps, Interop };

using TagFilter = std::function<bool(ExifPlace place, std::uint16_t tag)>;

/// A new EXIF block from the first directory of `source` and its EXIF, GPS and interoperability
/// directories, with the values byte for byte but for what a maker note tells of its own place;
/// empty when no tag is left. Directories of which nothing is left are not named. What would exceed
/// `maxBytes` is left out.
Bytes rebuiltExif(const TiffStructure& source, const TagFilter& keeps, std::size_t maxBytes);

/// The block with a second directory for a JPEG thumbnail of this many bytes, all of them zero:
/// patchedExif() fills them. Throws Failure(DamagedFile) when the block is none.
Bytes withRoomForThumbnail(Bytes block, std::size_t bytes);

/// False for tags that say how a TIFF file stores its pixels, and for those that hold another block
/// (ICC, XMP, IPTC, Photoshop).
bool isDescriptive(std::uint16_t tag);

} // namespace limpid::image
