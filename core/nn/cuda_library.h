// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

namespace limpid::nn {

/// Opens LibTorch's CUDA library, which nothing here links, if there is an NVIDIA driver. Must come
/// before LibTorch is asked whether CUDA is available, because it remembers its first answer.
/// Repeating it costs nothing. The reason when CUDA cannot be used; empty when it can.
std::string openCuda();

/// openCuda's answer where nobody expects a GPU to be used.
inline constexpr const char* noGpuHere = "no NVIDIA GPU was found; others are not used";

/// What the driver says about itself, in its own numbers.
struct DriverAnswers {
    int initialization = 0; ///< Of cuInit; 0: it went well.
    int version = 0;        ///< CUDA 12.4 is 12040; 0: unknown.
    int gpus = 0;           ///< As many as it lets this process see.
};

/// Why LibTorch finds no GPU although there is a driver that answers like this. needed: the version
/// of CUDA that LibTorch was built for, a number like the driver's; 0: unknown.
std::string whyNoGpu(const DriverAnswers& driver, int needed);

/// The driver's name of a GPU, "GPU" when it does not tell: torch_cpu alone cannot.
std::string gpuName(int index);

/// Compute capability of a GPU, e.g. 75 for 7.5; nothing when the driver does not tell.
std::optional<int> gpuCapability(int index);

} // namespace limpid::nn
