// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

namespace limpid::methods {

/// `content` with the mean and the spread of `style`, per picture and channel (Huang & Belongie
/// 2017): unbiased variance, 1e-5 added to it. Both [N, C, ·, ·]; the extents may differ. A picture
/// of one pixel has no spread, so it becomes the mean.
torch::Tensor withColorsOf(const torch::Tensor& content, const torch::Tensor& style);

} // namespace limpid::methods
