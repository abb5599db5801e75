// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/bytes.h"
#include "core/image/photo_writer.h"

namespace limpid::image {

/// The whole file: pixels in the target's format and depth, metadata carried over. Throws Failure.
Bytes encodePhoto(const Raster& pixels, const Photo& photo, const ExportOptions& options);

} // namespace limpid::image
