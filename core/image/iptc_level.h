// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/bytes.h"
#include "core/image/metadata_level.h"

namespace limpid::image {

/// What is left of a block.
struct ReducedRecords {
    Bytes block;             ///< Empty when nothing is.
    bool isReadable = true;  ///< False: what stands behind a damaged place is left out.
    bool losesOther = false; ///< Records or resources that may hold anything were left out.
};

/// IIM records without those that the level leaves out. Private ones are a loss at NoLocation only:
/// below it they are meant to go. Never throws.
ReducedRecords reducedIptc(ByteView records, MetadataLevel level);

/// Photoshop's resources: IPTC as above; at NoLocation also resolution, copyright and clipping
/// paths. The others hold EXIF, XMP or a preview once more, or nobody knows what. Never throws.
ReducedRecords reducedPhotoshop(ByteView resources, MetadataLevel level);

} // namespace limpid::image
