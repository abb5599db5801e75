// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/geometry.h"
#include "core/methods/restoration_method.h"

namespace limpid::methods {

/// The two rectangles of a job, in image pixels.
struct Canvas {
    Rect seen;   ///< What the networks see; aligned, so it may reach beyond the picture.
    Rect result; ///< What comes out.

    Rect resultInSeen() const { return result.relativeTo(seen.topLeft()); }
};

struct CanvasRule {
    int alignment = 64;     ///< Corners of `seen` are multiples of this, counted from the picture's
                            ///< corner: a region meets the same grid as the whole picture.
    int contextPixels = 96; ///< A region's surroundings that are seen with it.
};

Canvas canvasFor(const RestorationJob& job, const CanvasRule& rule);

/// For a result that no region tells: it is seen with the rule's context around it, where the
/// picture has one.
Canvas canvasAround(const Rect& result, Size picture, const CanvasRule& rule);

/// The cells of a map with 1/scale of the pixels of `seen` that the result touches.
struct CanvasCells {
    Rect cells; ///< In cells of the map.
    Rect area;  ///< What they cover, in image pixels.
};

CanvasCells resultCells(const Canvas& canvas, int scale);

} // namespace limpid::methods
