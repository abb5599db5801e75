// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/prediction.h"

namespace limpid::diffusion {

/// A network, or something made of networks, that predicts the clean picture.
class Denoiser {
public:
    virtual ~Denoiser() = default;

    /// xt: [N, C, H, W] at this level. The prediction has the same shape.
    virtual Prediction predict(const torch::Tensor& xt, const NoiseLevel& level) = 0;
};

} // namespace limpid::diffusion
