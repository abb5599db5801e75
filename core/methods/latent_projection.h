// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

namespace limpid::methods {

/// A linear map from the channels of a latent to colors: a preview for the price of one small
/// matrix product, at the latent's resolution. Fitted by least squares to a picture whose latent is
/// known, so it suits whatever autoencoder made that latent.
class LatentProjection {
public:
    /// latent: [1, C, h, w] of picture: [1, 3, h·f, w·f], −1…1; both on the CPU.
    LatentProjection(const torch::Tensor& latent, const torch::Tensor& picture);

    /// latent: [1, C, h, w], CPU → [1, 3, h, w], nominally −1…1.
    torch::Tensor toPicture(const torch::Tensor& latent) const;

private:
    torch::Tensor matrix_; ///< [C + 1, 3], the last row for a constant.
};

} // namespace limpid::methods
