// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/restoration.h"

#include <algorithm>

namespace limpid::ui {

namespace {

using MaybeRegion = std::optional<region::Region>;

/// By the rectangles alone; none stands for the whole photo.
bool holds(const MaybeRegion& outer, const MaybeRegion& inner)
{
    return !outer || (inner && outer->rect.contains(inner->rect));
}

/// Not by the reach: a rim of the older one's feather must not stay behind.
bool takesThePlaceOf(const Restoration& newer, const Restoration& older)
{
    return holds(newer.request.region, older.request.region);
}

RestorationPtr alone(const RestorationPtr& restoration)
{
    if (restoration->beneath.empty())
        return restoration;
    auto copy = std::make_shared<Restoration>(*restoration);
    copy->beneath.clear();
    return copy;
}

} // namespace

RestorationPtr laidOver(const RestorationPtr& older, Restoration newer)
{
    newer.beneath.clear();
    for (const auto& below : allOf(older))
        if (!takesThePlaceOf(newer, *below))
            newer.beneath.push_back(alone(below));
    return std::make_shared<const Restoration>(std::move(newer));
}

std::vector<RestorationPtr> allOf(const RestorationPtr& restoration)
{
    if (!restoration)
        return {};
    auto all = restoration->beneath;
    all.push_back(restoration);
    return all;
}

bool isRestored(const RestorationPtr& restoration, const std::optional<region::Region>& region)
{
    const auto all = allOf(restoration);
    return std::ranges::any_of(
        all, [&](const auto& made) { return holds(made->request.region, region); });
}

std::vector<region::Layer> layersOf(const RestorationPtr& restoration)
{
    std::vector<region::Layer> layers;
    for (const auto& made : allOf(restoration))
        layers.push_back(made->layer());
    return layers;
}

} // namespace limpid::ui
