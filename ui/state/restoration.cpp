// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/restoration.h"

namespace limpid::ui {

namespace {

/// By the rectangles alone: a rim of the older one's feather must not stay behind.
bool takesThePlaceOf(const Restoration& newer, const Restoration& older)
{
    const auto& above = newer.request.region;
    const auto& below = older.request.region;
    return !above || (below && above->rect.contains(below->rect));
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

std::vector<region::Layer> layersOf(const RestorationPtr& restoration)
{
    std::vector<region::Layer> layers;
    for (const auto& made : allOf(restoration))
        layers.push_back(made->layer());
    return layers;
}

} // namespace limpid::ui
