// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/photo.h"
#include "core/region/mask.h"

namespace limpid::region {

/// A restored piece of picture and where it belongs.
struct Patch {
    Rect area; ///< In image pixels; area.size() == pixels.size().
    image::Image pixels;
};

/// The working-space picture with the patch laid in: original + mask · strength · (patch −
/// original). Where mask · strength is 0 the values are those of `original`. strength 0…1.
image::Image composite(const image::Image& original, const Patch& patch, const Mask& mask,
                       float strength);

/// The same at the photo's own depth, color space and alpha, for the export. Where
/// mask · strength is 0, and where the patch equals the original, every sample is bit-identical to
/// the file's; elsewhere the *change* is converted and added, rounded to nearest.
image::Raster compositeSamples(const image::Photo& photo, const Patch& patch, const Mask& mask,
                               float strength);

} // namespace limpid::region
