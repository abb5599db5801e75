// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstdint>
#include <random>

namespace limpid::training {

/// Random choices of one training step: a stream that depends on (seed, index) alone, so that a
/// resumed run draws what an unbroken one would have drawn.
class Dice {
public:
    Dice(std::uint64_t seed, std::uint64_t index)
    {
        std::seed_seq sequence{
            static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32),
            static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(index >> 32)};
        engine_.seed(sequence);
    }

    /// Uniform in [low, high).
    double uniform(double low, double high)
    {
        return low + (high - low) * (static_cast<double>(engine_() >> 11) * 0x1p-53);
    }

    /// Uniform in the logarithm.
    double logUniform(double low, double high)
    {
        return std::exp(uniform(std::log(low), std::log(high)));
    }

    bool chance(double probability) { return uniform(0.0, 1.0) < probability; }

    /// One of 0 … count − 1.
    std::int64_t below(std::int64_t count)
    {
        return static_cast<std::int64_t>(uniform(0.0, static_cast<double>(count)));
    }

    double normal()
    {
        return std::sqrt(-2.0 * std::log(1.0 - uniform(0.0, 1.0))) *
               std::cos(6.283185307179586 * uniform(0.0, 1.0));
    }

    std::uint64_t word() { return engine_(); }

private:
    std::mt19937_64 engine_;
};

} // namespace limpid::training
