// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/contender.h"

#include <optional>
#include <string>

namespace limpid::evaluation {

/// The classic methods of classic_methods.h. As a user runs them, guessing one blur for all
/// photographs: "unsharp" (amount 0.8) and "rl" (30 iterations on a Gaussian), with sigma 1.5 or as
/// in "rl:3". Told the true kernel, which no user knows: "oracle-rl" (30 iterations) and
/// "oracle-wiener". None for other names; an error for a sigma that is none.
std::optional<Result<Contender>> classicContender(const std::string& name);

/// Whether the method of this name needs Puzzle::known.
bool needsTheKernel(const std::string& name);

/// "rl:3" → "rl" and 3; without a colon sigma is 1.5; no sigma when it is not within 0.1…10.
struct MethodAndSigma {
    std::string method;
    std::optional<double> sigma;
};
MethodAndSigma withSigma(const std::string& name);

/// The refusal of such a name.
Result<Contender> notASigma(const std::string& name);

/// "1.5", "3".
std::string shortNumber(double value);

} // namespace limpid::evaluation
