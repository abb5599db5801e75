// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/networks/structure_guidance.h"
#include "core/training/diffusion_options.h"

#include <torch/types.h>

#include <vector>

namespace limpid::training {

/// √(d² + ε²) per picture: L1 that is smooth at zero. a, b: [N, 3, H, W] → [N].
torch::Tensor charbonnier(const torch::Tensor& a, const torch::Tensor& b);

/// Mean absolute difference of the spectra per picture (MIMO-UNet, Cho et al. 2021). → [N].
torch::Tensor spectralL1(const torch::Tensor& a, const torch::Tensor& b);

/// Mean absolute difference of local contrast per picture: the standard deviations of the luma's
/// three finest octaves within a few pixels. Unlike the losses above it does not reward a picture
/// for being soft where the truth cannot be known. a, b: [N, 3, H, W] → [N].
torch::Tensor contrastL1(const torch::Tensor& a, const torch::Tensor& b);

/// One less the gradient magnitude similarity (Xue et al. 2014) per picture: mean over the luma as
/// it is and halved, Prewitt gradients. Wants edges as steep as the truth's where the truth has
/// them, and does not care about what is fainter than `faint` gray levels of 255, whose square is
/// the paper's c. a, b: [N, 3, H, W] in −1…1 → [N], 0 … 1.
torch::Tensor gradientDissimilarity(const torch::Tensor& a, const torch::Tensor& b,
                                    double faint = faintestGradient);

/// Mean absolute difference of the colors per picture, each without its luma. → [N].
torch::Tensor chromaL1(const torch::Tensor& a, const torch::Tensor& b);

/// What is added for pictures with noise, which have to look sharp and not only be near: → [N].
torch::Tensor sharpnessLoss(const DiffusionOptions& options, const torch::Tensor& clean,
                            const torch::Tensor& sharp);

/// The guidance loss of MSG: L1 of the predicted gray pictures, summed over scales. → scalar.
torch::Tensor structureL1(const std::vector<networks::StructureScale>& scales,
                          const torch::Tensor& sharp);

} // namespace limpid::training
