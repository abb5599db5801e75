// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace limpid::app {

/// Lets the worker threads of LibTorch sleep between two pieces of work instead of spinning: beside
/// other busy programs spinning made a restoration six times slower. OpenMP reads its settings
/// before main(), so the program starts itself again, once. A setting of the user's is kept.
inline void sleepBetweenWork(char** arguments)
{
    if (std::getenv("OMP_WAIT_POLICY") != nullptr || std::getenv("GOMP_SPINCOUNT") != nullptr)
        return;
    std::error_code failed;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", failed);
    // By its own path, whose last part lists of processes show. Where the file was replaced
    // meanwhile, or starting fails, the program just goes on.
    if (!failed && ::setenv("OMP_WAIT_POLICY", "passive", /*overwrite=*/1) == 0)
        ::execv(self.c_str(), arguments);
}

} // namespace limpid::app
