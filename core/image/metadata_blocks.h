// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/bytes.h"
#include "core/image/jpeg_container.h"
#include "core/image/metadata.h"
#include "core/image/metadata_level.h"
#include "core/image/photo.h"
#include "core/image/png_container.h"
#include "core/image/tiff_container.h"
#include "core/image/xmp_provenance.h"

#include <optional>

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
    FourthChannel fourthChannel = FourthChannel::StraightAlpha; ///< TIFF and HEIF: may be another.
    bool hasMorePictures = false; ///< Further pages, a gain map, a depth map or a video.
    bool hasComments = false;     ///< Texts and makers' segments that only this format holds.
    bool hasUnreadable = false;   ///< Something was damaged, and is not among the others.
};

/// Collects the blocks of a file that parseHeader has accepted. A broken block is left out; the
/// others are kept.
Metadata readMetadata(ByteView file, FileFormat format, const ReadLimits& limits);

/// The same packet with upright orientation and these dimensions, where it names any, and without
/// what it says of pictures and videos behind the picture: an export has none.
Bytes patchedXmp(ByteView packet, Size size);

/// What is left of a packet.
struct ReducedXmp {
    Bytes packet;
    bool losesPrivate = false; ///< A maker note or a drone maker's own data was left out.
};

/// The packet without positions, names of places, pictures and maker notes; all else stays byte for
/// byte. None when that cannot be told from a text that is not well-formed.
std::optional<ReducedXmp> xmpWithoutLocation(ByteView packet);

/// A packet of what MetadataLevel::Basic keeps; empty when there is nothing. None when it cannot be
/// read.
std::optional<Bytes> basicXmp(ByteView packet);

/// The same properties, each schema under one prefix. None when the packet cannot be read.
std::optional<Bytes> rewrittenXmp(ByteView packet);

/// One packet of the main and the extended one, for formats without extended XMP.
Bytes mergedXmp(ByteView packet, ByteView extended);

/// The packet (none: a new one) with what is to be said of the picture's origin, see
/// xmpWithProvenance(). A packet that cannot be understood is replaced.
Bytes statedXmp(ByteView packet, const Provenance& provenance, CreatorTool tool);

/// False when statedXmp() would replace the packet.
bool canStateProvenance(ByteView packet);

/// What a level leaves of a photo's blocks, and what it takes that it should have left.
struct Reduction {
    Metadata::Blocks blocks;
    bool losesPrivate = false;    ///< What only a maker or a program understands (NoLocation).
    bool losesUnreadable = false; ///< A block or a part of it that could not be understood.
};

/// Blocks without a byte of what the level leaves out. Never throws but for memory.
Reduction reduced(const Metadata::Blocks& blocks, MetadataLevel level);

} // namespace limpid::image
