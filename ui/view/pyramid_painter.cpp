// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/view/pyramid_painter.h"

#include "core/base/round_up.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

namespace limpid::ui {

namespace {

/// Where the pixels of one axis of a tile come to lie: pixel i begins at start + i · scale.
struct Axis {
    double start = 0.0;
    double scale = 1.0;
    int count = 0;

    int pixelAt(int position) const
    {
        return std::clamp(static_cast<int>(std::floor((position + 0.5 - start) / scale)), 0,
                          count - 1);
    }
};

/// Enlarges by repeating pixels. Own loops, because each square must have the same edges whichever
/// part of the pane is drawn; QPainter's fixed-point steps drift with the clip.
void repeatPixels(QImage& target, const QRect& part, const QImage& tile, Axis x, Axis y)
{
    std::vector<int> columns(static_cast<std::size_t>(part.width()));
    for (int i = 0; i < part.width(); ++i)
        columns[static_cast<std::size_t>(i)] = x.pixelAt(part.left() + i);
    const QRgb* lastLine = nullptr;
    int lastRow = -1;
    for (int row = part.top(); row <= part.bottom(); ++row) {
        auto* line = reinterpret_cast<QRgb*>(target.scanLine(row)) + part.left();
        const int sourceRow = y.pixelAt(row);
        if (sourceRow == lastRow) {
            std::memcpy(line, lastLine, sizeof(QRgb) * columns.size());
        } else {
            const auto* source = reinterpret_cast<const QRgb*>(tile.constScanLine(sourceRow));
            for (std::size_t i = 0; i < columns.size(); ++i)
                line[i] = source[columns[i]];
        }
        lastLine = line;
        lastRow = sourceRow;
    }
}

struct TileRange {
    int first = 0;
    int last = -1;
};

TileRange tilesInSight(int from, int to, double origin, double tileLength, int count)
{
    return {std::max(0, static_cast<int>(std::floor((from - origin) / tileLength)) - 1),
            std::min(count - 1, static_cast<int>(std::floor((to - origin) / tileLength)) + 1)};
}

} // namespace

void drawPyramid(QImage& target, const QRect& part, const Pyramid& pyramid,
                 const Viewport& viewport, Quality quality)
{
    const QRect seen = part & viewport.pictureRect();
    if (pyramid.isEmpty() || seen.isEmpty())
        return;
    const int level = pyramid.levelFor(viewport.zoom());
    const double scale = viewport.zoom() * (1 << level);
    const Size size = pyramid.levelSize(level);
    const QPoint origin = viewport.origin();
    const double tileLength = Pyramid::tileSide * scale;
    const TileRange columns = tilesInSight(seen.left(), seen.right(), origin.x(), tileLength,
                                           piecesFor(size.width, Pyramid::tileSide));
    const TileRange rows = tilesInSight(seen.top(), seen.bottom(), origin.y(), tileLength,
                                        piecesFor(size.height, Pyramid::tileSide));

    const bool squares = quality == Quality::Draft || (level == 0 && scale >= squarePixelsZoom);
    QPainter painter;
    if (!squares) {
        painter.begin(&target);
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.setClipRect(seen);
    }
    const auto drawTile = [&](int column, int row) {
        const QImage& tile = pyramid.tile(level, column, row);
        const Axis x{origin.x() + column * tileLength, scale, tile.width()};
        const Axis y{origin.y() + row * tileLength, scale, tile.height()};
        // Edges are rounded where both neighbours round them, so that tiles meet without a gap.
        const QPoint from(qRound(x.start), qRound(y.start));
        const QPoint to(qRound(x.start + x.count * scale), qRound(y.start + y.count * scale));
        const QRect area(from, to - QPoint(1, 1));
        if (!squares)
            painter.drawImage(area, tile);
        else if (const QRect visible = area & seen; !visible.isEmpty())
            repeatPixels(target, visible, tile, x, y);
    };
    for (int row = rows.first; row <= rows.last; ++row)
        for (int column = columns.first; column <= columns.last; ++column)
            drawTile(column, row);
}

} // namespace limpid::ui
