// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <vector>

namespace limpid::evaluation {

/// How much of what a method did is not a filtering of its input. The change d is the luma of the
/// output less that of the input. In each block of 32×32 pixels (a rest at the border joins no
/// block) a linear filter of 7×7 taps and a constant is fitted to d by least squares on the input's
/// luma, mirrored at the border. The rate is the energy of the residuals of all blocks, times
/// 1024 / (1024 − 50) for the freedom of the fit, over the energy of d less its mean per block;
/// 0…1. A sharpening filter scores 0, detail or noise unrelated to the input 1, no change 0.
double inventionRate(const torch::Tensor& output, const torch::Tensor& input);

/// How much the result depends on the seed: the standard deviation of each value over the outputs,
/// its mean over the picture, in gray levels of 255. At least two outputs.
double seedDeviation(const std::vector<torch::Tensor>& outputs);

} // namespace limpid::evaluation
