// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/bf16_support.h"

#include "core/nn/cuda_library.h"

#include <algorithm>
#include <fstream>
#include <string>

namespace limpid::nn {

namespace {

/// As the kernel tells of the first core.
bool processorComputesBf16()
{
    std::ifstream stream("/proc/cpuinfo");
    for (std::string line; std::getline(stream, line) && !line.empty();)
        if (line.starts_with("flags"))
            return hasBf16Units(std::string_view(line));
    return false;
}

} // namespace

bool hasBf16Units(std::string_view flags)
{
    return flags.find(" avx512_bf16") != std::string_view::npos ||
           flags.find(" amx_bf16") != std::string_view::npos;
}

bool computesBf16(const c10::Device& device)
{
    static const bool processor = processorComputesBf16();
    if (device.is_cpu())
        return processor;
    return hasBf16Units(gpuCapability(std::max(0, int{device.index()})));
}

} // namespace limpid::nn
