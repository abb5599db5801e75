// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/noise_draws.h"

#include "core/diffusion/random.h"

namespace limpid::methods {

namespace {

/// Steps have their index and the start −1, as in every sampling; the others lie below.
int fieldOf(const NoiseDraw& draw)
{
    constexpr int mostRepeats = 1 << 10;
    switch (draw.purpose) {
    case DrawPurpose::Step: return draw.index;
    case DrawPurpose::Start: return -1;
    case DrawPurpose::Condition: return -2;
    case DrawPurpose::Unconditional: return -3;
    case DrawPurpose::LowFrequencies: return -4; // tiles differ by their position
    case DrawPurpose::GuidanceTarget: break;
    }
    return -5 - (draw.index * mostRepeats + draw.repeat);
}

} // namespace

NoiseDraws positionDraws(std::uint64_t seed)
{
    return [seed](const NoiseDraw& draw) {
        return diffusion::positionNoise({.seed = seed, .step = fieldOf(draw)}, draw.area,
                                        draw.channels);
    };
}

} // namespace limpid::methods
