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
    if (older) {
        for (const auto& below : older->beneath)
            if (!takesThePlaceOf(newer, *below))
                newer.beneath.push_back(below);
        if (!takesThePlaceOf(newer, *older))
            newer.beneath.push_back(alone(older));
    }
    return std::make_shared<const Restoration>(std::move(newer));
}

std::vector<region::Layer> layersOf(const RestorationPtr& restoration)
{
    std::vector<region::Layer> layers;
    if (!restoration)
        return layers;
    for (const auto& below : restoration->beneath)
        layers.push_back(below->layer());
    layers.push_back(restoration->layer());
    return layers;
}

} // namespace limpid::ui
