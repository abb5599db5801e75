// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/bytes.h"
#include "core/image/raster.h"

namespace limpid::image {

/// 16 to 8 bit rounds to the nearest (v / 257); 8 to 16 bit is exact (v · 257).
Raster withDepth(const Raster& raster, SampleDepth depth);

Raster withoutAlpha(const Raster& raster);

/// RGBA with its colors divided by alpha, where that is not 0.
Raster withStraightAlpha(const Raster& premultiplied);

/// Gray, with or without alpha, as sRGB: for files that cannot hold it with its own profile.
Raster grayAsRgb(const Raster& raster, ByteView icc);

} // namespace limpid::image
