// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/networks/deblurdiff_model.h"

namespace limpid::networks {

/// Zeroes what has to be zero before training: the last convolution of every residual block, the
/// last layer of every transformer and of the U-Net, so that the network predicts nothing at first.
void zeroOutputLayers(Unet& unet);

/// And of an autoencoder with skips, so that it decodes nothing but the blurred picture at first.
void zeroOutputLayers(AutoencoderKl& autoencoder);

/// The ControlNet begins as a copy of the U-Net's encoder that is blind to the hint and silent.
void copyEncoder(Unet& unet, ControlNet& controlnet);

/// For a whole model, whose layers carry random values: the U-Net and the kernels predict nothing,
/// the kernel latent is the blurred one, and an autoencoder with skips returns the blurred picture.
/// In the published form there is no control at first. In the compact form, where the U-Net learns
/// with the ControlNet and at α = 0 sees nothing but its control, the ControlNet keeps its random
/// hint and outputs: three zeros in a row would learn nothing for long.
void initializeForTraining(DeblurDiffModel& model);

} // namespace limpid::networks
