// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <c10/core/Device.h>

#include <optional>
#include <string_view>

namespace limpid::nn {

/// Whether a GPU of this compute capability (75 for 7.5) has units for bf16; those before 8.0 take
/// a detour that is slower than fp32. Nothing, an unknown one, counts as one without.
constexpr bool hasBf16Units(std::optional<int> capability)
{
    return capability.value_or(0) >= 80;
}

/// The same of a processor, by its flags as in /proc/cpuinfo.
bool hasBf16Units(std::string_view flags);

/// Whether this device computes in bf16 without a detour. A processor with AVX2 alone takes one on
/// which a step of training lasts twelve times as long as in fp32.
bool computesBf16(const c10::Device& device);

} // namespace limpid::nn
