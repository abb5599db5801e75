// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/geometry.h"
#include "core/image/image.h"
#include "core/region/blend.h"

#include <QImage>

#include <vector>

namespace limpid::ui {

/// A picture at full size and halved again and again, cut into tiles: what painting needs at any
/// zoom. Level n is 1 / 2^n of the picture, sizes rounded up. A value: copies share their tiles, so
/// the after-picture costs only what differs from the before-picture.
class Pyramid {
public:
    static constexpr int tileSide = 512;
    static constexpr std::int64_t quickPixels = 1'200'000;

    Pyramid() = default;

    Size size() const { return levels_.empty() ? Size{} : levels_.front().size; }
    bool isEmpty() const { return levels_.empty(); }
    /// False while only a coarse level is there.
    bool isComplete() const { return !isEmpty() && !levels_.front().tiles.empty(); }

    /// The coarsest level that still has a pixel for each device pixel at this zoom, or the nearest
    /// one that is there. Not for an empty pyramid.
    int levelFor(double zoom) const;
    int levelCount() const { return static_cast<int>(levels_.size()); }
    Size levelSize(int level) const;
    const QImage& tile(int level, int column, int row) const;
    /// A whole level in one piece.
    QImage level(int level) const;

    /// One coarse level of about a megapixel, in a few milliseconds; a picture that is not larger
    /// than that is complete at once.
    static Pyramid quick(const image::Image& image);
    /// All levels, exact: some 10 ms per megapixel, so not in the GUI thread.
    static Pyramid complete(const image::Image& image);
    /// This complete pyramid with the pixels of the patch put in; equals a complete rebuild.
    Pyramid patched(const region::Patch& patch) const;

private:
    struct Level {
        Size size;
        int columns = 0;
        int rows = 0;
        std::vector<QImage> tiles; ///< Row by row; none while the level is missing.
    };

    explicit Pyramid(Size size);
    static Rect tileArea(const Level& level, int index);
    static void halve(const Level& from, Level& to, int index, const Rect& part);
    void rebuildAbove(Rect area);

    std::vector<Level> levels_;
};

} // namespace limpid::ui
