// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/photo.h"
#include "core/region/mask.h"

#include <memory>
#include <vector>

namespace limpid::region {

/// A restored piece of picture and where it belongs.
struct Patch {
    Rect area; ///< In image pixels; area.size() == pixels.size().
    image::Image pixels;

    friend bool operator==(const Patch&, const Patch&) = default; ///< The very same pixels.
};

/// A patch and how much of it each pixel takes; null: all of it everywhere.
struct Layer {
    Patch patch;
    std::shared_ptr<const Mask> mask{};

    /// The very same pixels and mask.
    friend bool operator==(const Layer&, const Layer&) = default;
};

/// Where the layers can change anything: disjoint rectangles, few and not larger than need be, so
/// that two small regions far apart stay small.
std::vector<Rect> touchedAreas(const std::vector<Layer>& layers, Size picture);

/// This part of the working-space picture (inside of it) with the layers laid in, one after the
/// other: picture + mask · strength · (patch − picture). Where every mask · strength is 0 the
/// values are those of `original`. strength 0…1.
Patch blended(const image::Image& original, const std::vector<Layer>& layers, float strength,
              const Rect& area);

/// The whole picture so at the photo's own depth, color space and alpha, for the export. Samples of
/// pixels that the layers leave as they are in the working space are bit-identical to the file's;
/// elsewhere the *change* is converted and added, rounded to nearest.
image::Raster compositeSamples(const image::Photo& photo, const std::vector<Layer>& layers,
                               float strength);

} // namespace limpid::region
