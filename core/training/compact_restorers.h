// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/networks/deblurdiff_model.h"
#include "core/training/validation.h"

namespace limpid::training {

/// What a compact DeblurDiff makes of a picture at α = 0, in mixed precision.

/// What the LKPN makes of a blurred latent, [N, C, h, w], scaled; without autocast of its own.
torch::Tensor kernelLatent(networks::DeblurDiffModel& model, const torch::Tensor& blurred);

/// The answer of all networks to a blurred latent, [N, C, h, w], scaled; without autocast of its
/// own.
torch::Tensor oneStepLatent(networks::DeblurDiffModel& model, const torch::Tensor& blurred);

/// What the sampler's second step makes of `clean`, like `blurred`, with that noise. Likewise.
torch::Tensor secondStepLatent(networks::DeblurDiffModel& model, const torch::Tensor& blurred,
                               const torch::Tensor& clean, const torch::Tensor& noise);

/// The LKPN's latent, decoded onto the blurred picture.
Restorer kernelImage(networks::DeblurDiffModel model);

/// The answer of all networks, decoded onto the blurred picture.
Restorer oneStep(networks::DeblurDiffModel model);

} // namespace limpid::training
