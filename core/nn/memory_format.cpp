// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/memory_format.h"

#include <torch/utils.h>

namespace limpid::nn {

void layOutChannelsLast(torch::nn::Module& module)
{
    const torch::NoGradGuard noGradients;
    for (auto& parameter : module.parameters())
        if (parameter.dim() == 4)
            parameter.set_data(parameter.contiguous(torch::MemoryFormat::ChannelsLast));
}

} // namespace limpid::nn
