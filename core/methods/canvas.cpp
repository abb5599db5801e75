// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/canvas.h"

#include "core/region/context.h"

#include <algorithm>

namespace limpid::methods {

namespace {

/// Grown to the grid of these cells, which begins in the picture's corner.
Rect aligned(const Rect& rect, int cell)
{
    const auto up = [cell](int value) {
        return (value + cell - 1) / cell * cell;
    };
    const int left = rect.x / cell * cell;
    const int top = rect.y / cell * cell;
    return {left, top, up(rect.right()) - left, up(rect.bottom()) - top};
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

Rect covering(const Rect& a, const Rect& b)
{
    const int x = std::min(a.x, b.x);
    const int y = std::min(a.y, b.y);
    return {x, y, std::max(a.right(), b.right()) - x, std::max(a.bottom(), b.bottom()) - y};
}

Canvas canvasAround(const Rect& result, Size picture, const CanvasRule& rule)
{
    const int context = rule.contextPixels;
    const Rect around{result.x - context, result.y - context, result.width + 2 * context,
                      result.height + 2 * context};
    const Rect seen = covering(result, around.intersected(wholeOf(picture)));
    return {aligned(seen, rule.alignment), result};
}

CanvasCells resultCells(const Canvas& canvas, int scale)
{
    const Rect inSeen = canvas.resultInSeen();
    const int left = inSeen.x / scale;
    const int top = inSeen.y / scale;
    const Rect cells{left, top, (inSeen.right() + scale - 1) / scale - left,
                     (inSeen.bottom() + scale - 1) / scale - top};
    return {cells,
            {canvas.seen.x + left * scale, canvas.seen.y + top * scale, cells.width * scale,
             cells.height * scale}};
}

} // namespace limpid::methods
