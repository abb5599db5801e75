// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/view/pyramid.h"

#include "core/base/round_up.h"
#include "ui/state/qt_image.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>

namespace limpid::ui {

namespace {

/// Copies the part of `source` (which lies at `at`) that falls onto the tile at `tileArea`.
void copyOverlap(const QImage& source, Point at, QImage& tile, const Rect& tileArea)
{
    const Rect part = tileArea.intersected({at.x, at.y, source.width(), source.height()});
    for (int y = part.y; y < part.bottom(); ++y) {
        const auto* from = reinterpret_cast<const QRgb*>(source.constScanLine(y - at.y));
        auto* to = reinterpret_cast<QRgb*>(tile.scanLine(y - tileArea.y));
        std::memcpy(to + (part.x - tileArea.x), from + (part.x - at.x),
                    sizeof(QRgb) * static_cast<std::size_t>(part.width));
    }
}

/// The rounded mean of four pixels: red and blue in one sum, green in another.
inline QRgb meanOf(QRgb a, QRgb b, QRgb c, QRgb d)
{
    constexpr QRgb redBlue = 0x00ff00ffU;
    constexpr QRgb green = 0x0000ff00U;
    const QRgb rb = (a & redBlue) + (b & redBlue) + (c & redBlue) + (d & redBlue) + 0x00020002U;
    const QRgb g = (a & green) + (b & green) + (c & green) + (d & green) + 0x00000200U;
    return 0xff000000U | ((rb >> 2U) & redBlue) | ((g >> 2U) & green);
}

/// Fills `part` of the tile from `source`, the tile above which its pixel (at.x, at.y) begins.
/// At an odd border the last column or row stands for its missing neighbour.
void halveTile(const QImage& source, QImage& tile, const Rect& part, Point at)
{
    for (int y = part.y; y < part.bottom(); ++y) {
        const int top = 2 * (y - at.y);
        const int below = std::min(top + 1, source.height() - 1);
        const auto* upper = reinterpret_cast<const QRgb*>(source.constScanLine(top));
        const auto* lower = reinterpret_cast<const QRgb*>(source.constScanLine(below));
        auto* target = reinterpret_cast<QRgb*>(tile.scanLine(y));
        for (int x = part.x; x < part.right(); ++x) {
            const int left = 2 * (x - at.x);
            const int right = std::min(left + 1, source.width() - 1);
            target[x] = meanOf(upper[left], upper[right], lower[left], lower[right]);
        }
    }
}

} // namespace

Pyramid::Pyramid(Size size)
{
    for (;;) {
        const int columns = piecesFor(size.width, tileSide);
        const int rows = piecesFor(size.height, tileSide);
        levels_.push_back({size, columns, rows, {}});
        if (columns <= 1 && rows <= 1)
            return;
        size = {piecesFor(size.width, 2), piecesFor(size.height, 2)};
    }
}

int Pyramid::levelFor(double zoom) const
{
    const int wanted = zoom >= 1.0 ? 0 : static_cast<int>(std::floor(std::log2(1.0 / zoom)));
    const int last = levelCount() - 1;
    int level = std::clamp(wanted, 0, last);
    while (level < last && levels_[static_cast<std::size_t>(level)].tiles.empty())
        ++level;
    while (level > 0 && levels_[static_cast<std::size_t>(level)].tiles.empty())
        --level;
    return level;
}

Size Pyramid::levelSize(int level) const
{
    return levels_[static_cast<std::size_t>(level)].size;
}

const QImage& Pyramid::tile(int level, int column, int row) const
{
    const Level& found = levels_[static_cast<std::size_t>(level)];
    return found.tiles[static_cast<std::size_t>(row * found.columns + column)];
}

QImage Pyramid::level(int level) const
{
    const Level& found = levels_[static_cast<std::size_t>(level)];
    QImage result(found.size.width, found.size.height, QImage::Format_RGB32);
    for (std::size_t i = 0; i < found.tiles.size(); ++i) {
        const Point at = tileArea(found, static_cast<int>(i)).topLeft();
        copyOverlap(found.tiles[i], at, result, wholeOf(found.size));
    }
    return result;
}

Pyramid Pyramid::quick(const image::Image& image)
{
    if (image.size().area() <= quickPixels)
        return complete(image);
    Pyramid result(image.size());
    int level = 0;
    while (level + 1 < result.levelCount() && result.levelSize(level).area() > quickPixels)
        ++level;
    Level& made = result.levels_[static_cast<std::size_t>(level)];
    // Halving twice rounds up as dividing by four does, so both have the level's size.
    const QImage sampled = sampledQImage(image, level);
    for (int i = 0; i < made.columns * made.rows; ++i) {
        const Rect area = tileArea(made, i);
        made.tiles.push_back(sampled.copy(area.x, area.y, area.width, area.height));
    }
    return result;
}

Pyramid Pyramid::complete(const image::Image& image)
{
    if (image.isEmpty())
        return {};
    Pyramid result(image.size());
    for (Level& level : result.levels_)
        level.tiles.resize(static_cast<std::size_t>(level.columns) *
                           static_cast<std::size_t>(level.rows));
    Level& base = result.levels_.front();
    for (std::size_t i = 0; i < base.tiles.size(); ++i)
        base.tiles[i] = toQImage(image, tileArea(base, static_cast<int>(i)));
    result.rebuildAbove(wholeOf(image.size()));
    return result;
}

Pyramid Pyramid::patched(const region::Patch& patch) const
{
    assert(isComplete() && wholeOf(size()).contains(patch.area));
    Pyramid result = *this;
    const QImage pixels = toQImage(patch.pixels);
    Level& base = result.levels_.front();
    for (std::size_t i = 0; i < base.tiles.size(); ++i)
        copyOverlap(pixels, patch.area.topLeft(), base.tiles[i],
                    tileArea(base, static_cast<int>(i)));
    result.rebuildAbove(patch.area);
    return result;
}

Rect Pyramid::tileArea(const Level& level, int index)
{
    const Rect tile{index % level.columns * tileSide, index / level.columns * tileSide, tileSide,
                    tileSide};
    return tile.intersected(wholeOf(level.size));
}

/// Recomputes the pixels of one tile of `to` that lie in `part` (pixels of `to`).
void Pyramid::halve(const Level& from, Level& to, int index, const Rect& part)
{
    constexpr int half = tileSide / 2;
    const Rect area = tileArea(to, index);
    if (area.intersected(part).isEmpty())
        return;
    QImage& tile = to.tiles[static_cast<std::size_t>(index)];
    if (tile.isNull())
        tile = QImage(area.width, area.height, QImage::Format_RGB32);
    for (const Point quadrant : {Point{0, 0}, Point{half, 0}, Point{0, half}, Point{half, half}}) {
        const Rect target = Rect{quadrant.x, quadrant.y, half, half}.intersected(
            part.relativeTo(area.topLeft()).intersected(wholeOf(area.size())));
        if (target.isEmpty())
            continue;
        const int column = index % to.columns * 2 + (quadrant.x > 0 ? 1 : 0);
        const int row = index / to.columns * 2 + (quadrant.y > 0 ? 1 : 0);
        const auto source = static_cast<std::size_t>(row * from.columns + column);
        halveTile(from.tiles[source], tile, target, quadrant);
    }
}

/// Brings all levels above the first up to date with a change of `area` (image pixels).
void Pyramid::rebuildAbove(Rect area)
{
    for (std::size_t i = 1; i < levels_.size(); ++i) {
        const Level& from = levels_[i - 1];
        Level& to = levels_[i];
        const int left = area.x / 2;
        const int top = area.y / 2;
        area = {left, top, piecesFor(area.right(), 2) - left, piecesFor(area.bottom(), 2) - top};
        for (int tile = 0; tile < to.columns * to.rows; ++tile)
            halve(from, to, tile, area);
    }
}

} // namespace limpid::ui
