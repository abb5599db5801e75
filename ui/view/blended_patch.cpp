// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/view/blended_patch.h"

#include <utility>

namespace limpid::ui {

region::Patch blendedPatch(const image::Image& before, const region::Patch& patch,
                           const std::shared_ptr<const region::Mask>& mask, float strength)
{
    const Rect area = patch.area.intersected(wholeOf(before.size()));
    if (area.isEmpty())
        return {};
    const Point corner = area.topLeft();
    const region::Patch local{patch.area.relativeTo(corner), patch.pixels};
    region::Mask cover;
    if (mask != nullptr) {
        cover = {mask->bounds.relativeTo(corner), mask->coverage};
    } else {
        cover.bounds = wholeOf(area.size());
        cover.coverage.assign(static_cast<std::size_t>(area.size().area()), 1.0F);
    }
    return {area, region::composite(before.cropped(area), local, cover, strength)};
}

} // namespace limpid::ui
