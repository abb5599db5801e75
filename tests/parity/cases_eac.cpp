// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/adaptive_conv.h"
#include "tests/parity/parity_cases.h"

namespace limpid::parity {

void checkEac(ParitySet& set, ParityReport& report)
{
    auto& golden = set.tensors("golden/eac.safetensors");
    for (const auto& row : golden.rowsWith("in.x")) {
        const auto result = nn::adaptiveConvolution(
            golden.at(row + "in.x"), golden.at(row + "in.kernel"), set.config().kernelSize);
        report.compare(golden, row + "out", result);
    }
}

} // namespace limpid::parity
