// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/finite.h"

#include "core/methods/restoration_method.h"

#include <cmath>

namespace limpid::methods {

torch::Tensor finiteOnCpu(const torch::Tensor& answer, const char* network)
{
    auto here = answer.to(torch::kCPU, torch::kFloat32);
    // NaN and infinity survive a sum, which needs no second picture.
    if (!std::isfinite(here.sum(torch::kFloat64).item<double>()))
        throw NonFinite(std::string(network) + " answered with values that are not finite");
    return here;
}

} // namespace limpid::methods
