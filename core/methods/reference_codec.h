// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancellation.h"
#include "core/methods/gaussian_tiles.h"
#include "core/methods/reference_networks.h"

#include <optional>

namespace limpid::methods {

/// The autoencoder as published: whole, or in tiles that overwrite one another on the way in and
/// are blended on the way out. Asks the token before each call of a network.
class ReferenceCodec {
public:
    /// tiles: in image pixels. `networks` must outlive this object.
    ReferenceCodec(const ReferenceNetworks& networks, const std::optional<WindowRule>& tiles,
                   CancelToken token);

    /// The tiles of a latent of this size, in latent pixels; one that covers all without tiling.
    std::vector<Rect> tilesOf(Size latent) const;

    /// picture: [1, 3, H, W] → [1, 2C, h, w], not scaled.
    torch::Tensor moments(const torch::Tensor& picture) const;

    /// moments → the scaled latent with the highest density.
    torch::Tensor mode(const torch::Tensor& moments) const;

    /// moments, noise: [1, C, h, w] → a scaled sample.
    torch::Tensor sample(const torch::Tensor& moments, const torch::Tensor& noise) const;

    /// latent: [1, C, h, w], scaled → [1, 3, H, W].
    torch::Tensor decode(const torch::Tensor& latent) const;

private:
    const ReferenceNetworks& networks_;
    std::optional<WindowRule> latentTiles_;
    CancelToken token_;
};

/// The rule divided by the latent's scale.
std::optional<WindowRule> latentRule(const std::optional<WindowRule>& tiles, int factor);

} // namespace limpid::methods
