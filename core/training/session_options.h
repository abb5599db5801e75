// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace limpid::training {

/// Where one run of any stage reads and writes, and how long it lasts.
struct SessionOptions {
    std::filesystem::path photos;     ///< Cache of photographs, or a folder of them.
    std::filesystem::path validation; ///< Names of those held apart.
    std::filesystem::path out;        ///< Folder of the state, the log and the tables.
    bool resume = false;
    double minutes = 30.0;         ///< Stops cleanly after this long.
    double validateMinutes = 15.0; ///< Between two measurements; one more follows at the end.
                                   ///< 0: that one alone.
    int threads = 0;               ///< 0: as LibTorch decides.
};

} // namespace limpid::training
