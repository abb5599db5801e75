// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/bytes.h"
#include "core/image/jpeg_container.h"
#include "core/image/metadata.h"
#include "core/image/photo.h"
#include "core/image/png_container.h"
#include "core/image/tiff_container.h"

namespace limpid::image {

/// Everything in a photo's file that is not its pixels. Empty ones are absent.
struct Metadata::Blocks {
    Bytes exif; ///< A TIFF structure, without any container's prefix.
    Bytes icc;
    Bytes xmp;         ///< The (main) packet.
    Bytes extendedXmp; ///< JPEG only: what did not fit into the main packet.
    Bytes iptc;        ///< The IIM records alone.
    Bytes photoshop;   ///< All 8BIM resources, the IPTC one among them.

    std::vector<JpegSegment> jpegSegments; ///< All that are kept, in file order; JPEG only.
    std::vector<PngChunk> pngChunks;       ///< All that are kept, in file order; PNG only.
    FourthChannel fourthChannel = FourthChannel::StraightAlpha; ///< TIFF only: may be another.
    bool hasMorePictures = false; ///< Further pages, a gain map, a depth map or a video.
    bool hasComments = false;     ///< Texts and makers' segments that only this format holds.
};

/// Collects the blocks of a file that parseHeader has accepted. A broken block is left out; the
/// others are kept.
Metadata readMetadata(ByteView file, FileFormat format, const ReadLimits& limits);

/// The same packet with upright orientation and these dimensions, where it names any, and without
/// what it says of pictures and videos behind the picture: an export has none.
Bytes patchedXmp(ByteView packet, Size size);

/// One packet of the main and the extended one, for formats without extended XMP.
Bytes mergedXmp(ByteView packet, ByteView extended);

} // namespace limpid::image
