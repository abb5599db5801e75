// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancellation.h"
#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace limpid::inference {

/// A checkpoint of DeblurDiff with random weights: to try import, memory, tiles, cancel and speed
/// where the published weights are not at hand. What it restores is noise.
struct RandomCheckpoint {
    std::filesystem::path path;  ///< Written as safetensors.
    std::string config = "full"; ///< "full": names and shapes as published; "small": a few MB.
    std::uint64_t seed = 1;
    std::string dtype = "fp16"; ///< "fp16", "bf16" or "fp32".
    CancelToken token{};
    std::function<void(std::uint64_t done, std::uint64_t total)> progress{}; ///< In bytes.
};

/// Weights are uniform with the variance that keeps activations alike from layer to layer; same
/// seed, same file. Needs memory for one tensor. InvalidRequest, FileUnwritable, DiskFull; throws
/// Cancelled.
[[nodiscard]] Result<void> makeRandomCheckpoint(const RandomCheckpoint& wanted);

} // namespace limpid::inference
