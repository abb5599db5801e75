// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/adaptive_conv.h"
#include "tests/parity/parity_cases.h"

namespace limpid::parity {

void checkEac(ParitySet& set, ParityReport& report)
{
    constexpr std::string_view inputName = ".in.x";
    auto& golden = set.tensors("golden/eac.safetensors");
    for (const auto& name : golden.names()) {
        if (!name.ends_with(inputName))
            continue;
        const auto row = name.substr(0, name.size() - inputName.size());
        const auto result = nn::adaptiveConvolution(golden.at(name), golden.at(row + ".in.kernel"),
                                                    set.config().kernelSize);
        report.compare(golden, row + ".out", result);
    }
}

} // namespace limpid::parity
