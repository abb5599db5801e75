// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/geometry.h"

#include <torch/types.h>

#include <vector>

namespace limpid::methods {

/// A tile that is computed with its surroundings: exact inside `core` if the halo covers all that
/// the computation looks at. Cores cover the picture once.
struct HaloTile {
    Rect core;
    Rect outer; ///< core grown by the halo, inside the picture.

    Rect coreInOuter() const { return core.relativeTo(outer.topLeft()); }
};

/// Cores of `side` pixels (fewer at the right and bottom), row by row.
std::vector<HaloTile> haloTiles(Size picture, int side, int halo);

/// W × H of [..., H, W].
Size sizeOf(const torch::Tensor& tensor);

/// The part of [N, C, H, W] under `area`, whose coordinates and extents are divided by `scale`.
torch::Tensor narrowed(const torch::Tensor& tensor, const Rect& area, std::int64_t scale = 1);

} // namespace limpid::methods
