// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <unistd.h>

#include <cstdlib>

namespace limpid::app {

/// Lets the worker threads of LibTorch sleep between two pieces of work instead of spinning: beside
/// other busy programs spinning made a restoration six times slower. OpenMP reads its settings
/// before main(), so the program starts itself again, once. A setting of the user's is kept.
inline void sleepBetweenWork(char** arguments)
{
    if (std::getenv("OMP_WAIT_POLICY") != nullptr || std::getenv("GOMP_SPINCOUNT") != nullptr)
        return;
    if (::setenv("OMP_WAIT_POLICY", "passive", /*overwrite=*/1) == 0)
        ::execv("/proc/self/exe", arguments); // when this fails, the program just goes on
}

} // namespace limpid::app
