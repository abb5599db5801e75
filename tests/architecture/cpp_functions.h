// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/architecture/cpp_tokens.h"

#include <string>
#include <vector>

namespace limpid::tests {

/// The body of a function or lambda.
struct FunctionBody {
    std::string name; ///< "lambda" for lambdas.
    int line = 1;     ///< Of the opening brace.
    int lines = 1;    ///< Both braces included.
    int parameters = 0;
    int nesting = 0; ///< Deepest block inside; the body itself is 0, a lambda begins anew.
};

/// Finds bodies by matching braces and looking at what stands before each.
std::vector<FunctionBody> findFunctions(const std::vector<Token>& tokens);

} // namespace limpid::tests
