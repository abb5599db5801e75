// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/geometry.h"

#include <vector>

namespace limpid::region {

/// How a picture is cut for a network.
struct TileRule {
    int tilePixels = 512;   ///< Side of a tile, overlap included.
    int overlapPixels = 96; ///< Shared by neighbours.
    int multipleOf = 16;    ///< Tiles start on multiples of this.
};

/// Equal tiles, aligned to the multiple, that cover the picture and overlap at least by the rule.
/// A picture smaller than a tile is one tile.
std::vector<Rect> tileGrid(Size picture, const TileRule& rule);

/// The weight of each pixel of `tile` (row by row): a raised-cosine ramp over each inner overlap.
/// Over all tiles of the grid the weights of a pixel sum to one.
std::vector<float> tileWeights(const Rect& tile, Size picture, const TileRule& rule);

} // namespace limpid::region
