// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/networks/deblurdiff_model.h"

namespace limpid::networks {

/// Zeroes what has to be zero before training: the last convolution of every residual block, the
/// last layer of every transformer and of the U-Net, so that the network predicts nothing at first.
void zeroOutputLayers(Unet& unet);

/// The ControlNet begins as a copy of the U-Net's encoder that is blind to the hint and silent.
void copyEncoder(Unet& unet, ControlNet& controlnet);

/// Both for a whole model, whose layers carry random values: the U-Net and the kernels predict
/// nothing, the kernel latent is the blurred one, there is no control, and an autoencoder with
/// skips returns the blurred picture.
void initializeForTraining(DeblurDiffModel& model);

} // namespace limpid::networks
