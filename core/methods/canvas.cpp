// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/canvas.h"

#include "core/base/round_up.h"
#include "core/region/context.h"

namespace limpid::methods {

namespace {

/// Grown to the grid of these cells, which begins in the picture's corner.
Rect aligned(const Rect& rect, int cell)
{
    const int left = rect.x / cell * cell;
    const int top = rect.y / cell * cell;
    return {left, top, roundedUp(rect.right(), cell) - left, roundedUp(rect.bottom(), cell) - top};
}

} // namespace

Canvas canvasFor(const RestorationJob& job, const CanvasRule& rule)
{
    const Size size = job.image.size();
    const int alignment = rule.alignment;
    Rect seen = wholeOf(size);
    Rect result = seen;
    if (job.region) {
        seen = region::contextFor(*job.region, size,
                                  {.marginPixels = rule.contextPixels, .multipleOf = alignment});
        result = region::reach(*job.region, size);
    }
    return {aligned(seen, alignment), result};
}

Canvas canvasAround(const Rect& result, Size picture, const CanvasRule& rule)
{
    const Rect around = result.grown(rule.contextPixels).intersected(wholeOf(picture));
    const Rect seen = result.united(around);
    return {aligned(seen, rule.alignment), result};
}

CanvasCells resultCells(const Canvas& canvas, int scale)
{
    const Rect inSeen = canvas.resultInSeen();
    const int left = inSeen.x / scale;
    const int top = inSeen.y / scale;
    const Rect cells{left, top, piecesFor(inSeen.right(), scale) - left,
                     piecesFor(inSeen.bottom(), scale) - top};
    return {cells,
            {canvas.seen.x + left * scale, canvas.seen.y + top * scale, cells.width * scale,
             cells.height * scale}};
}

} // namespace limpid::methods
