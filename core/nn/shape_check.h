// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <string_view>

namespace limpid::nn {

/// Fails as a bug (c10::Error, "want …, got …") unless the tensor has exactly this shape;
/// −1 stands for any extent.
void checkShape(std::string_view what, const torch::Tensor& tensor, at::IntArrayRef wanted);

} // namespace limpid::nn
