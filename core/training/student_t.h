// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace limpid::training {

/// The 97.5th percentile of Student's t: a mean of n values lies within this many times its
/// standard error of the true one in 95 % of all cases. `freedom`: n − 1, at least 1.
double studentT(std::size_t freedom);

} // namespace limpid::training
