// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/reference_codec.h"

#include "core/methods/halo_tiles.h"
#include "core/nn/diagonal_gaussian.h"

#include <algorithm>

namespace limpid::methods {

namespace {

Rect scaled(const Rect& area, int factor)
{
    return {area.x * factor, area.y * factor, area.width * factor, area.height * factor};
}

} // namespace

std::optional<WindowRule> latentRule(const std::optional<WindowRule>& tiles, int factor)
{
    if (!tiles)
        return std::nullopt;
    return WindowRule{.tile = std::max(1, tiles->tile / factor),
                      .stride = std::max(1, tiles->stride / factor)};
}

ReferenceCodec::ReferenceCodec(const ReferenceNetworks& networks,
                               const std::optional<WindowRule>& tiles, CancelToken token)
    : networks_(networks), latentTiles_(latentRule(tiles, networks.factor)),
      token_(std::move(token))
{}

std::vector<Rect> ReferenceCodec::tilesOf(Size latent) const
{
    return latentTiles_ ? coveringWindows(latent, *latentTiles_) : std::vector{wholeOf(latent)};
}

torch::Tensor ReferenceCodec::moments(const torch::Tensor& picture) const
{
    const Size whole = sizeOf(picture);
    const Size latent{whole.width / networks_.factor, whole.height / networks_.factor};
    torch::Tensor all;
    for (const Rect& tile : tilesOf(latent)) {
        token_.throwIfRequested();
        const auto part = networks_.moments(narrowed(picture, scaled(tile, networks_.factor)));
        if (!all.defined())
            all = torch::zeros({1, part.size(1), latent.height, latent.width});
        narrowed(all, tile).copy_(part);
    }
    return all;
}

torch::Tensor ReferenceCodec::mode(const torch::Tensor& moments) const
{
    return nn::DiagonalGaussian::fromMoments(moments).mean * networks_.latentScale;
}

torch::Tensor ReferenceCodec::sample(const torch::Tensor& moments, const torch::Tensor& noise) const
{
    return nn::DiagonalGaussian::fromMoments(moments).sample(noise) * networks_.latentScale;
}

torch::Tensor ReferenceCodec::decode(const torch::Tensor& latent) const
{
    if (!latentTiles_) {
        token_.throwIfRequested();
        return networks_.decode(latent);
    }
    const Size size = sizeOf(latent);
    GaussianBlend blend({size.width * networks_.factor, size.height * networks_.factor});
    for (const Rect& tile : tilesOf(size)) {
        token_.throwIfRequested();
        blend.add(networks_.decode(narrowed(latent, tile)), scaled(tile, networks_.factor));
    }
    return blend.average();
}

} // namespace limpid::methods
