// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/random.h"

#include <ATen/Parallel.h>

#include <array>
#include <cmath>
#include <numbers>

namespace limpid::diffusion {

namespace {

using Block = std::array<std::uint32_t, 4>;

/// Philox-4×32 with ten rounds: a counter and a key to four independent 32-bit words.
Block philox(Block counter, std::array<std::uint32_t, 2> key)
{
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t a = std::uint64_t{0xD2511F53U} * counter[0];
        const std::uint64_t b = std::uint64_t{0xCD9E8D57U} * counter[2];
        counter = {static_cast<std::uint32_t>(b >> 32) ^ counter[1] ^ key[0],
                   static_cast<std::uint32_t>(b),
                   static_cast<std::uint32_t>(a >> 32) ^ counter[3] ^ key[1],
                   static_cast<std::uint32_t>(a)};
        key[0] += 0x9E3779B9U;
        key[1] += 0xBB67AE85U;
    }
    return counter;
}

/// One normal value from two words; the first is kept off zero.
float boxMuller(std::uint32_t first, std::uint32_t second)
{
    const double u = (first + 1.0) * 0x1p-32;
    const double angle = 2.0 * std::numbers::pi * (second * 0x1p-32);
    return static_cast<float>(std::sqrt(-2.0 * std::log(u)) * std::cos(angle));
}

} // namespace

torch::Tensor positionNoise(const NoiseKey& key, const Rect& area, int channels)
{
    auto field = torch::empty({1, channels, area.height, area.width}, torch::kFloat32);
    float* const values = field.data_ptr<float>();
    const std::array<std::uint32_t, 2> seed{static_cast<std::uint32_t>(key.seed),
                                            static_cast<std::uint32_t>(key.seed >> 32)};
    const auto fillRow = [&](std::int64_t row) {
        const int channel = static_cast<int>(row / area.height);
        const int y = area.y + static_cast<int>(row % area.height);
        float* const out = values + row * area.width;
        for (int x = 0; x < area.width; ++x) {
            const Block words =
                philox({static_cast<std::uint32_t>(area.x + x), static_cast<std::uint32_t>(y),
                        static_cast<std::uint32_t>(channel), static_cast<std::uint32_t>(key.step)},
                       seed);
            out[x] = boxMuller(words[0], words[1]);
        }
    };
    at::parallel_for(0, std::int64_t{channels} * area.height, 16,
                     [&](std::int64_t begin, std::int64_t end) {
                         for (std::int64_t row = begin; row < end; ++row)
                             fillRow(row);
                     });
    return field;
}

} // namespace limpid::diffusion
