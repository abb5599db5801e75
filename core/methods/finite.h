// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

namespace limpid::methods {

/// A network's answer on the CPU in fp32. Throws NonFinite, naming the network, if any value in it
/// is infinite or no number.
torch::Tensor finiteOnCpu(const torch::Tensor& answer, const char* network);

} // namespace limpid::methods
