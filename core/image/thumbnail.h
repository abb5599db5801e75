// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/bytes.h"
#include "core/image/raster.h"

namespace limpid::image {

/// A small sRGB JPEG of the picture, as good as `maxBytes` allows; empty when it never fits.
Bytes encodeThumbnail(const Raster& raster, ByteView icc, std::size_t maxBytes);

} // namespace limpid::image
