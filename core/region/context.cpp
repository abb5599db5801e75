// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/region/context.h"

#include "core/base/round_up.h"

#include <algorithm>
#include <cassert>

namespace limpid::region {

namespace {

struct Span {
    int begin = 0;
    int length = 0;
};

/// Grows [begin, end) by `margin`, both ends outwards to the multiple, and shifts it into
/// [0, limit). What does not fit takes all there is.
Span fitted(Span wanted, int margin, int multiple, int limit)
{
    const int low = wanted.begin - margin;
    const int high = wanted.begin + wanted.length + margin;
    const int begin = std::max(low, 0) / multiple * multiple;
    const int end = roundedUp(std::min(high, limit), multiple);
    if (end - begin >= limit)
        return {0, limit};
    return {std::min(begin, limit - (end - begin)), end - begin};
}

} // namespace

Rect contextFor(const Region& region, Size picture, const ContextRule& rule)
{
    assert(rule.marginPixels >= 0 && rule.multipleOf > 0);
    const Rect core = reach(region, picture);
    if (core.isEmpty())
        return {};
    const int halfMeanSide = static_cast<int>((std::int64_t{core.width} + core.height) / 4);
    const int margin = std::max(rule.marginPixels, halfMeanSide);
    const Span across = fitted({core.x, core.width}, margin, rule.multipleOf, picture.width);
    const Span down = fitted({core.y, core.height}, margin, rule.multipleOf, picture.height);
    return {across.begin, down.begin, across.length, down.length};
}

} // namespace limpid::region
