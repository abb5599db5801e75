// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/checkpoint/tensor_index.h"

#include <map>
#include <string>
#include <string_view>

namespace limpid::checkpoint {

/// The name that the published DeblurDiff checkpoint gives to a tensor: wrappers such as "module."
/// are removed, and the names of the original Stable Diffusion 2.1 files are translated. Names that
/// need no change, also unknown ones, come back as they are.
std::string publishedName(std::string_view name);

/// Published name → name in the file. A ControlNet or an autoencoder alone gets its prefix. The
/// causal mask of the text encoder, which is no weight, is left out.
std::map<std::string, std::string> publishedNames(const TensorIndex& index);

} // namespace limpid::checkpoint
