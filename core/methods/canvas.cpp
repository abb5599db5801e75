// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/canvas.h"

#include "core/region/context.h"

namespace limpid::methods {

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
    const auto up = [alignment](int value) {
        return (value + alignment - 1) / alignment * alignment;
    };
    const int left = seen.x / alignment * alignment;
    const int top = seen.y / alignment * alignment;
    return {{left, top, up(seen.right()) - left, up(seen.bottom()) - top}, result};
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
