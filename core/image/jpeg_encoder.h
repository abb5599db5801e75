// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/bytes.h"
#include "core/image/raster.h"

namespace limpid::image {

/// A JPEG stream of 8-bit gray or RGB. From quality 90 on, color keeps the full resolution: OpenCV
/// would always halve it. At most longestSide(FileFormat::Jpeg) pixels per side.
Bytes encodeJpegStream(const Raster& pixels, int quality);

} // namespace limpid::image
