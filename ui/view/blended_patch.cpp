// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/view/blended_patch.h"

#include <utility>

namespace limpid::ui {

namespace {

Rect shifted(const Rect& rect, Point by)
{
    return {rect.x - by.x, rect.y - by.y, rect.width, rect.height};
}

} // namespace

region::Patch blendedPatch(const image::Image& before, const region::Patch& patch,
                           const std::shared_ptr<const region::Mask>& mask, float strength)
{
    const Rect area = patch.area.intersected(wholeOf(before.size()));
    if (area.isEmpty())
        return {};
    const Point corner = area.topLeft();
    const region::Patch local{shifted(patch.area, corner), patch.pixels};
    region::Mask cover;
    if (mask != nullptr) {
        cover = {shifted(mask->bounds, corner), mask->coverage};
    } else {
        cover.bounds = wholeOf(area.size());
        cover.coverage.assign(static_cast<std::size_t>(area.size().area()), 1.0F);
    }
    return {area, region::composite(before.cropped(area), local, cover, strength)};
}

} // namespace limpid::ui
