// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/additive_table.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>

namespace limpid::image {

std::optional<AdditiveTable> AdditiveTable::of(const PixelTransform& transform, SampleDepth depth)
{
    const std::size_t levels = depth == SampleDepth::U16 ? 65536 : 256;
    std::array<float, 3> black{};
    transform(std::array<float, 3>{}, black);

    AdditiveTable table;
    std::vector<float> colors(3 * levels);
    std::vector<float> linear(3 * levels);
    for (std::size_t c = 0; c < 3; ++c) {
        std::fill(colors.begin(), colors.end(), 0.0F);
        for (std::size_t i = 0; i < levels; ++i)
            colors[3 * i + c] = static_cast<float>(i) / static_cast<float>(levels - 1);
        transform(colors, linear);
        // Black counts once: with the first channel.
        const Color base = c == 0 ? Color{} : black;
        for (std::size_t i = 0; i < levels; ++i)
            table.channels_[c].push_back({linear[3 * i] - base[0], linear[3 * i + 1] - base[1],
                                          linear[3 * i + 2] - base[2]});
    }
    return table.agreesWith(transform) ? std::optional(std::move(table)) : std::nullopt;
}

AdditiveTable::Color AdditiveTable::sum(std::size_t r, std::size_t g, std::size_t b) const
{
    const Color& fromR = channels_[0][r];
    const Color& fromG = channels_[1][g];
    const Color& fromB = channels_[2][b];
    return {fromR[0] + fromG[0] + fromB[0], fromR[1] + fromG[1] + fromB[1],
            fromR[2] + fromG[2] + fromB[2]};
}

bool AdditiveTable::agreesWith(const PixelTransform& transform) const
{
    constexpr float tolerance = 2e-6F;
    constexpr std::size_t steps = 12;
    const std::size_t last = channels_[0].size() - 1;
    for (std::size_t i = 0; i < steps * steps * steps; ++i) {
        const std::array levels{i % steps * last / (steps - 1),
                                i / steps % steps * last / (steps - 1),
                                i / steps / steps * last / (steps - 1)};
        Color color{};
        for (std::size_t c = 0; c < 3; ++c)
            color[c] = static_cast<float>(levels[c]) / static_cast<float>(last);
        Color wanted{};
        transform(color, wanted);
        const Color found = sum(levels[0], levels[1], levels[2]);
        const bool agrees =
            std::equal(wanted.begin(), wanted.end(), found.begin(),
                       [](float a, float b) { return std::abs(a - b) <= tolerance; });
        if (!agrees)
            return false;
    }
    return true;
}

template<class Sample>
void AdditiveTable::convert(const std::uint8_t* row, int channels, std::span<float> linear) const
{
    const std::size_t step = static_cast<std::size_t>(channels) * sizeof(Sample);
    for (std::size_t x = 0; 3 * x < linear.size(); ++x) {
        std::array<Sample, 3> levels{};
        std::memcpy(levels.data(), row + x * step, sizeof levels);
        const Color color = sum(levels[0], levels[1], levels[2]);
        std::copy(color.begin(), color.end(), linear.begin() + static_cast<std::ptrdiff_t>(3 * x));
    }
}

void AdditiveTable::linearRow(const Raster& raster, int y, std::span<float> linear) const
{
    assert(raster.channels() >= 3);
    assert(linear.size() == 3 * static_cast<std::size_t>(raster.size().width));
    const std::uint8_t* row =
        raster.bytes().data() + raster.bytesPerRow() * static_cast<std::size_t>(y);
    if (raster.depth() == SampleDepth::U16)
        convert<std::uint16_t>(row, raster.channels(), linear);
    else
        convert<std::uint8_t>(row, raster.channels(), linear);
}

} // namespace limpid::image
