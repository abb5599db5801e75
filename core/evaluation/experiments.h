// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/run.h"

#include <cstdint>
#include <filesystem>

namespace limpid::evaluation {

/// Pixels each way that a picture needs for its figures.
constexpr std::int64_t leastSide = 16;

struct SyntheticOptions {
    std::filesystem::path photos;     ///< Folder, or cache of limpid-train.
    std::filesystem::path validation; ///< Names of those to use.
    std::filesystem::path kernels{};  ///< Folder of kernels to use instead of drawn ones.
    std::size_t count = 0;            ///< At most so many photographs; 0: all.
    std::int64_t side = 512;          ///< Pixels of a crop, a multiple of 16; 0: whole photographs.
    int seeds = 1;
};

/// Sharp photographs through the whole grid of damages: the crop with the most edges of each, or
/// all of it but a margin of 32 to 47 pixels. Photographs smaller than side + 64 pixels, and those
/// that cannot be read, are left out. The order is such that at any moment
/// every photograph had equally many kinds of damage and every kind equally many photographs, or
/// nearly so: a run that ends early is a fair sample of the whole. Of all experiments:
/// InvalidRequest when nothing is left to measure; whatever error ends one, what was measured is
/// saved first.
[[nodiscard]] Result<std::vector<Sample>> runSynthetic(const SyntheticOptions& options,
                                                       const std::vector<Contender>& contenders,
                                                       const RunControl& control);

struct PairOptions {
    std::filesystem::path blurred;
    std::filesystem::path sharp; ///< The same names, whatever the extension, and the same sizes.
    std::int64_t side = 0;       ///< Only the middle, leastSide or more; 0: whole pictures.
    int seeds = 1;
};

/// Real pairs. Left out are, before the first picture, those without a partner, then those of which
/// a file cannot be read or is too small or whose sizes differ.
[[nodiscard]] Result<std::vector<Sample>> runPairs(const PairOptions& options,
                                                   const std::vector<Contender>& contenders,
                                                   const RunControl& control);

struct BlindOptions {
    std::filesystem::path photos;
    std::int64_t side = 0; ///< Only the middle, leastSide or more; 0: whole pictures.
    int seeds = 1;
    std::filesystem::path sheet{}; ///< PNG: a row for each photograph, input first.
    std::int64_t cell = 256;       ///< Pixels that the sheet shows of a picture's middle, each way.
};

/// Photographs whose truth nobody knows: sharpness and change against the input, and a sheet to
/// look at. Those that cannot be read or are too small are left out.
[[nodiscard]] Result<std::vector<Sample>> runBlind(const BlindOptions& options,
                                                   const std::vector<Contender>& contenders,
                                                   const RunControl& control);

} // namespace limpid::evaluation
