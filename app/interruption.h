// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>

namespace limpid::app {

/// Turns SIGINT (Ctrl+C) and SIGTERM into a wish to stop: what is returned becomes true and stays
/// so. One that comes later than half a second after it ends the program at once. Installs the
/// handlers anew at each call.
const std::atomic<bool>& watchForInterruption();

} // namespace limpid::app
