// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/region/tile_grid.h"

#include "core/base/round_up.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace limpid::region {

namespace {

/// A tile along one axis: [begin, end).
struct Span {
    int begin = 0;
    int end = 0;
};

/// The smallest tile, in multiples, with which `count` evenly spread tiles cover `length` multiples
/// and overlap by at least `overlap` multiples.
int smallestTile(int length, int count, int overlap)
{
    int tile = piecesFor(length + (count - 1) * overlap, count);
    while (tile - piecesFor(length - tile, count - 1) < overlap)
        ++tile;
    return tile;
}

/// All tiles of one axis. Only the last may be shorter than the others, by less than a multiple:
/// it starts on a multiple and ends with the picture.
std::vector<Span> spansOf(int length, const TileRule& rule)
{
    if (length <= rule.tilePixels)
        return {{0, length}};
    const int largest = rule.tilePixels / rule.multipleOf;
    const int overlap = piecesFor(rule.overlapPixels, rule.multipleOf);
    assert(largest > overlap);
    const int total = piecesFor(length, rule.multipleOf);
    int count = std::max(2, piecesFor(total - overlap, largest - overlap));
    while (smallestTile(total, count, overlap) > largest)
        ++count;
    const int tile = smallestTile(total, count, overlap);
    std::vector<Span> spans;
    for (int i = 0; i < count; ++i) {
        const int begin = static_cast<int>(std::int64_t{i} * (total - tile) / (count - 1));
        spans.push_back(
            {begin * rule.multipleOf, std::min((begin + tile) * rule.multipleOf, length)});
    }
    return spans;
}

/// From 0 to 1 over [begin, end), sampled at pixel centers; rising and falling sum to one.
double rise(int position, int begin, int end)
{
    if (position < begin)
        return 0.0;
    if (position >= end)
        return 1.0;
    const double share = (position - begin + 0.5) / (end - begin);
    return 0.5 - 0.5 * std::cos(std::numbers::pi * share);
}

/// The ramps of one span at one position, before they are made to sum to one.
double rawWeight(const std::vector<Span>& spans, std::size_t index, int position)
{
    const Span& span = spans[index];
    if (position < span.begin || position >= span.end)
        return 0.0;
    double weight = 1.0;
    if (index > 0)
        weight *= rise(position, span.begin, spans[index - 1].end);
    if (index + 1 < spans.size())
        weight *= 1.0 - rise(position, spans[index + 1].begin, span.end);
    return weight;
}

/// One weight per pixel of the span that begins at `begin`.
std::vector<double> axisWeights(int begin, int length, const TileRule& rule)
{
    const std::vector<Span> spans = spansOf(length, rule);
    const auto own = std::find_if(spans.begin(), spans.end(),
                                  [begin](const Span& span) { return span.begin == begin; });
    assert(own != spans.end());
    const auto index = static_cast<std::size_t>(own - spans.begin());
    std::vector<double> weights;
    for (int position = own->begin; position < own->end; ++position) {
        double sum = 0.0; // Differs from one only where more than two tiles overlap.
        for (std::size_t i = 0; i < spans.size(); ++i)
            sum += rawWeight(spans, i, position);
        weights.push_back(rawWeight(spans, index, position) / sum);
    }
    return weights;
}

} // namespace

std::vector<Rect> tileGrid(Size picture, const TileRule& rule)
{
    if (picture.isEmpty())
        return {};
    std::vector<Rect> tiles;
    for (const Span& down : spansOf(picture.height, rule)) {
        for (const Span& across : spansOf(picture.width, rule))
            tiles.push_back(
                {across.begin, down.begin, across.end - across.begin, down.end - down.begin});
    }
    return tiles;
}

std::vector<float> tileWeights(const Rect& tile, Size picture, const TileRule& rule)
{
    const std::vector<double> across = axisWeights(tile.x, picture.width, rule);
    const std::vector<double> down = axisWeights(tile.y, picture.height, rule);
    std::vector<float> weights;
    weights.reserve(across.size() * down.size());
    for (const double y : down) {
        for (const double x : across)
            weights.push_back(static_cast<float>(x * y));
    }
    return weights;
}

} // namespace limpid::region
