// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>

namespace limpid {

/// Width and height in pixels.
struct Size {
    int width = 0;
    int height = 0;

    /// Number of pixels; 64 bits, so that no product of two ints can overflow.
    constexpr std::int64_t area() const { return std::int64_t{width} * height; }
    constexpr bool isEmpty() const { return width <= 0 || height <= 0; }
    friend constexpr bool operator==(const Size&, const Size&) = default;
};

/// A position in pixels; x to the right, y downwards.
struct Point {
    int x = 0;
    int y = 0;
    friend constexpr bool operator==(const Point&, const Point&) = default;
};

/// A half-open rectangle of pixels: [x, x + width) × [y, y + height).
struct Rect {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;

    constexpr int right() const { return x + width; }   ///< One past the last column.
    constexpr int bottom() const { return y + height; } ///< One past the last row.
    constexpr Size size() const { return {width, height}; }
    constexpr Point topLeft() const { return {x, y}; }
    constexpr bool isEmpty() const { return width <= 0 || height <= 0; }

    constexpr bool contains(Point point) const
    {
        return point.x >= x && point.x < right() && point.y >= y && point.y < bottom();
    }

    constexpr bool contains(const Rect& other) const
    {
        return other.x >= x && other.y >= y && other.right() <= right() &&
               other.bottom() <= bottom();
    }

    constexpr Rect intersected(const Rect& other) const
    {
        const int left = std::max(x, other.x);
        const int top = std::max(y, other.y);
        const int w = std::min(right(), other.right()) - left;
        const int h = std::min(bottom(), other.bottom()) - top;
        return w > 0 && h > 0 ? Rect{left, top, w, h} : Rect{};
    }

    /// The smallest rectangle that holds both; an empty one does not count.
    constexpr Rect united(const Rect& other) const
    {
        if (isEmpty() || other.isEmpty())
            return isEmpty() ? other : *this;
        const int left = std::min(x, other.x);
        const int top = std::min(y, other.y);
        return {left, top, std::max(right(), other.right()) - left,
                std::max(bottom(), other.bottom()) - top};
    }

    /// The same pixels, counted from `origin` instead of from the picture's corner.
    constexpr Rect relativeTo(Point origin) const
    {
        return {x - origin.x, y - origin.y, width, height};
    }

    /// Grown by `pixels` on every side; shrunk when negative.
    constexpr Rect grown(int pixels) const
    {
        return {x - pixels, y - pixels, width + 2 * pixels, height + 2 * pixels};
    }

    friend constexpr bool operator==(const Rect&, const Rect&) = default;
};

/// The rectangle that covers a picture of this size.
constexpr Rect wholeOf(Size size)
{
    return {0, 0, size.width, size.height};
}

} // namespace limpid
