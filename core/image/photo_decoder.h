// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/bytes.h"
#include "core/image/photo_reader.h"

namespace limpid::image {

/// The samples of a file whose header was accepted, turned upright. Throws Failure(DamagedFile)
/// when the decoder gives up or finds something else than the header promised.
Raster decodeUpright(ByteView file, const PhotoHeader& header, int orientation);

} // namespace limpid::image
