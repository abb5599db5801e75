// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/networks/deblurdiff_config.h"

#include <cstdint>
#include <filesystem>

namespace limpid::tests {

/// DeblurDiff with every part it can have in its smallest form, but for CLIP's whole vocabulary:
/// latents of 1/4 of the size, two levels, attention on both.
networks::DeblurDiffConfig tinyDeblurDiff();

/// Saves random weights, also where training begins with zeros, as "deblurdiff.safetensors", and a
/// catalog that lists it. Same seed, same weights.
void installDeblurDiff(const networks::DeblurDiffConfig& config,
                       const std::filesystem::path& folder, std::uint64_t seed = 1);

} // namespace limpid::tests
