// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/architecture/source_tree.h"

namespace limpid::tests {

constexpr int maxCppLines = 400;
constexpr int maxHeaderLines = 200;
constexpr int maxFunctionLines = 60;
constexpr int maxParameters = 5;
constexpr int maxNesting = 3;

/// The limits of one C++ file: lines, functions, and open ends without an issue number.
std::vector<Violation> checkLimits(const SourceFile& source);

/// How the sizes of all files spread: their middle and the largest but 5 %.
struct Spread {
    int medianCppLines = 0;
    int medianHeaderLines = 0;
    int medianFunctionLines = 0;
    int functionLines95 = 0;
};
Spread spreadOf(const std::vector<SourceFile>& sources);

} // namespace limpid::tests
