// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/architecture/source_tree.h"

namespace limpid::tests {

/// The dependency table of ARCHITECTURE.md and its "never" list, for one C++ or CMake file.
std::vector<Violation> checkLayers(const SourceFile& source);

} // namespace limpid::tests
