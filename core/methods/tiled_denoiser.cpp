// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/tiled_denoiser.h"

#include "core/methods/halo_tiles.h"

namespace limpid::methods {

namespace {

/// Adds a tile's answer to the sum of all; an undefined answer adds nothing.
void accumulate(torch::Tensor& sum, const torch::Tensor& answer, const torch::Tensor& weights,
                const Rect& tile, const torch::Tensor& like)
{
    if (!answer.defined())
        return;
    if (!sum.defined())
        sum = torch::zeros(like.sizes());
    narrowed(sum, tile).add_(answer * weights);
}

} // namespace

TiledDenoiser::TiledDenoiser(TileDenoiser& inner, Size picture, const region::TileRule& rule,
                             CancelToken token, WorkReport worked)
    : inner_(inner), picture_(picture), rule_(rule), token_(std::move(token)),
      worked_(std::move(worked)), tiles_(region::tileGrid(picture, rule))
{}

diffusion::Prediction TiledDenoiser::predict(const torch::Tensor& xt,
                                             const diffusion::NoiseLevel& level)
{
    const double pixels = static_cast<double>(picture_.area()) / static_cast<double>(tiles_.size());
    diffusion::Prediction sum;
    for (const Rect& tile : tiles_) {
        token_.throwIfRequested();
        const auto answer = inner_.predictTile(narrowed(xt, tile), level, tile);
        if (worked_)
            worked_(pixels);
        if (tiles_.size() == 1)
            return answer;
        auto values = region::tileWeights(tile, picture_, rule_);
        const auto weights = torch::from_blob(values.data(), {1, 1, tile.height, tile.width});
        accumulate(sum.clean, answer.clean, weights, tile, xt);
        accumulate(sum.kernel, answer.kernel, weights, tile, xt);
    }
    return sum;
}

} // namespace limpid::methods
