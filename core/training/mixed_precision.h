// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/autocast.h"
#include "core/nn/bf16_support.h"

namespace limpid::training {

/// For a scope: networks compute in bf16 where the device does so without a detour, else in fp32.
/// Losses stay outside of it.
inline nn::Bf16Autocast mixedPrecision(const c10::Device& device)
{
    return {device.type(), nn::computesBf16(device)};
}

} // namespace limpid::training
