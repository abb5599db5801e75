// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/region/region.h"
#include "ui/view/pane_layout.h"

#include <QPointF>
#include <Qt>

#include <optional>

namespace limpid::ui {

/// The pointer over a pane.
struct ToolPointer {
    QPointF position; ///< Device pixels of the view.
    Qt::KeyboardModifiers modifiers;
};

/// A key that is pressed, and what of the picture is in sight then.
struct ToolKey {
    int key = 0;
    Qt::KeyboardModifiers modifiers;
    Rect visible; ///< Image pixels.
};

/// Draws and changes a region by mouse and keys. Knows no widget: the view hands it the pointer and
/// asks for the region afterwards.
class RegionTool {
public:
    virtual ~RegionTool() = default;

    /// The region must lie inside the picture.
    virtual void setPicture(Size picture) = 0;
    virtual void setRegion(std::optional<region::Region> region) = 0;
    virtual std::optional<region::Region> region() const = 0;

    virtual void press(const PaneMap& map, const ToolPointer& pointer) = 0;
    virtual void move(const PaneMap& map, const ToolPointer& pointer) = 0;
    virtual void release() = 0;
    /// Ends a drag as if it had not begun; false when there was none.
    virtual bool cancel() = 0;
    virtual bool isDragging() const = 0;

    /// Whether the key means something to the tool now, and then what it means, done.
    virtual bool wantsKey(const ToolKey& key) const = 0;
    virtual void pressKey(const ToolKey& key) = 0;

    virtual Qt::CursorShape cursor(const PaneMap& map, const ToolPointer& pointer) const = 0;
};

} // namespace limpid::ui
