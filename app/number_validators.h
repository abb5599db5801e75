// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>

#include <cstdint>
#include <limits>

namespace limpid::app {

/// What numbers the options of limpid-train and limpid-eval may have, on the command line and in a
/// file of --config. Not a number is none.

constexpr std::int64_t mostThreads = 1024;
constexpr std::int64_t mostPictures = 4096; ///< Of a batch; more are a slip of the pen.
constexpr std::int64_t mostPixels = std::numeric_limits<int>::max(); ///< Of a side.

CLI::Validator wholeNumber(std::int64_t least,
                           std::int64_t most = std::numeric_limits<std::int64_t>::max());

/// Pixels of a side, as blurring and JPEG's blocks need them: 16, 32 …; or 0 when `least` is.
CLI::Validator multipleOf16(std::int64_t least = 16);

/// Finite numbers.
CLI::Validator positive(double most = std::numeric_limits<double>::max());
CLI::Validator notNegative();
CLI::Validator share(); ///< 0…1.

} // namespace limpid::app
