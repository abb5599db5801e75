// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/bytes.h"
#include "core/image/metadata_level.h"

namespace limpid::image {

/// What is left of a block.
struct ReducedExif {
    Bytes block;               ///< Empty when nothing is.
    bool isReadable = true;    ///< False: it is no EXIF block, and dropped whole.
    bool losesPrivate = false; ///< A maker note or tags that no standard knows were left out.
};

/// An EXIF block of the tags that the level keeps, written anew, with room for a thumbnail where
/// there was one. Private tags are a loss at NoLocation only: below it they are meant to go. Never
/// throws.
ReducedExif reducedExif(ByteView exif, MetadataLevel level);

} // namespace limpid::image
