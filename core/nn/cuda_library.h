// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace limpid::nn {

/// Opens LibTorch's CUDA library, which nothing here links, if there is an NVIDIA driver. Must come
/// before LibTorch is asked whether CUDA is available, because it remembers its first answer.
/// Repeating it costs nothing. The reason when CUDA cannot be used; empty when it can, or when
/// there is no driver at all.
std::string openCuda();

/// The driver's name of a GPU, "GPU" when it does not tell: torch_cpu alone cannot.
std::string gpuName(int index);

} // namespace limpid::nn
