// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/region_tool.h"

namespace limpid::ui {

/// What of a rectangle the pointer holds: a sum of edges, the whole, or nothing yet.
enum Grip : unsigned {
    GripNone = 0,
    GripLeft = 1,
    GripRight = 2,
    GripTop = 4,
    GripBottom = 8,
    GripInside = 16,
    GripOutside = 32, ///< Starts a new rectangle.
};

/// What lies under a point of the view.
unsigned gripAt(const PaneMap& map, const Rect& rect, QPointF position);

/// A rectangle with eight handles. Shift makes it square, Alt or Ctrl keep its center. By keys:
/// Return makes one in the middle of what is in sight, arrows move it by one pixel, with Ctrl its
/// right and lower edge alone, with Shift by ten; Delete removes it.
class RectangleTool : public RegionTool {
public:
    static constexpr int leastSide = 8; ///< Image pixels.

    /// For the region there is and for those drawn later.
    void setFeather(int pixels);

    void setPicture(Size picture) override;
    void setRegion(std::optional<region::Region> region) override;
    std::optional<region::Region> region() const override { return region_; }
    void press(const PaneMap& map, const ToolPointer& pointer) override;
    void move(const PaneMap& map, const ToolPointer& pointer) override;
    void release() override;
    bool cancel() override;
    bool isDragging() const override { return drag_.has_value(); }
    bool wantsKey(const ToolKey& key) const override;
    void pressKey(const ToolKey& key) override;
    Qt::CursorShape cursor(const PaneMap& map, const ToolPointer& pointer) const override;

private:
    struct Drag {
        unsigned grip = GripNone;
        QPointF pressed; ///< View.
        QPointF start;   ///< Image.
        std::optional<region::Region> before;
        bool begun = false; ///< Moved far enough to be meant.
    };

    Rect dragged(QPointF image, Qt::KeyboardModifiers modifiers) const;
    Rect spanned(QPointF anchor, QPointF corner, Qt::KeyboardModifiers modifiers) const;
    Rect moved(const Rect& rect, QPoint by) const;
    Rect resized(const Rect& rect, QPoint by) const;
    Rect middleOf(const Rect& visible) const;

    Size picture_;
    std::optional<region::Region> region_;
    int featherPixels_ = 16;
    std::optional<Drag> drag_;
};

} // namespace limpid::ui
