// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancellation.h"
#include "core/networks/autoencoder_kl.h"

#include <torch/types.h>

namespace limpid::methods {

/// Pictures to latents and back, in overlapping tiles blended with weights that sum to one, so that
/// a picture of any size fits into memory and no seam shows. What goes in and comes out lies on the
/// CPU; asks the token before each tile; throws NonFinite.
class LatentCodec {
public:
    LatentCodec(networks::AutoencoderKl network, torch::Device device, int tilePixels);

    /// picture: [1, 3, H, W] in the range that the model wants, sides multiples of the factor
    /// → the mode of its latent, scaled: [1, C, H/f, W/f].
    torch::Tensor encode(const torch::Tensor& picture, const CancelToken& token);

    /// latent: [1, C, h, w], scaled; blurred: the photograph, [1, 3, h·f, w·f], −1…1, which a
    /// decoder with skips adds to and others do not look at → same as blurred, nominally −1…1.
    torch::Tensor decode(const torch::Tensor& latent, const torch::Tensor& blurred,
                         const CancelToken& token);

private:
    torch::Tensor decodeTile(const torch::Tensor& latent, const torch::Tensor& blurred);

    networks::AutoencoderKl network_;
    torch::Device device_;
    int tilePixels_;
};

} // namespace limpid::methods
