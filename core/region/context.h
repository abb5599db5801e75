// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/region/region.h"

namespace limpid::region {

/// What a network must see beyond what it returns.
struct ContextRule {
    int marginPixels = 64; ///< At least this much on every side, where the picture has it.
    int multipleOf = 16;   ///< Width and height are multiples of this, where the picture allows.
};

/// The rectangle handed to the network: reach of the region, plus max(margin, half its mean side),
/// rounded up to the multiple and shifted (not shrunk) into the picture.
Rect contextFor(const Region& region, Size picture, const ContextRule& rule);

} // namespace limpid::region
