// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/bytes.h"
#include "core/image/photo_reader.h"

namespace limpid::image {

/// The metadata chunks of a WebP file; empty ones are absent.
struct WebPBlocks {
    Bytes icc;
    Bytes exif;
    Bytes xmp;
};

struct WebPLayout {
    PhotoHeader header;
    WebPBlocks blocks;
};

/// Walks every chunk without decoding. Refuses truncated and animated files.
WebPLayout parseWebP(ByteView file, const ReadLimits& limits);

/// The encoded picture as an extended WebP file with these blocks.
Bytes withBlocks(ByteView encoded, const PhotoHeader& header, const WebPBlocks& blocks);

} // namespace limpid::image
