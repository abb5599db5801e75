// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/latent_codec.h"

#include "core/methods/finite.h"
#include "core/methods/halo_tiles.h"
#include "core/region/tile_grid.h"

namespace limpid::methods {

namespace {

constexpr int overlapPixels = 128;
constexpr const char* encoder = "the autoencoder's encoder";
constexpr const char* decoder = "the autoencoder's decoder";

Rect times(const Rect& area, int factor)
{
    return {area.x * factor, area.y * factor, area.width * factor, area.height * factor};
}

/// Tiles in latent pixels; every length of the rule is a multiple of the factor, so that the grid
/// is the same when it is counted in image pixels.
region::TileRule ruleFor(int tilePixels, int factor)
{
    return {.tilePixels = std::max(1, tilePixels / factor),
            .overlapPixels = std::min(overlapPixels, tilePixels / 2) / factor,
            .multipleOf = 1};
}

region::TileRule times(const region::TileRule& rule, int factor)
{
    return {rule.tilePixels * factor, rule.overlapPixels * factor, rule.multipleOf * factor};
}

torch::Tensor weightsOf(const Rect& tile, Size picture, const region::TileRule& rule)
{
    const auto values = region::tileWeights(tile, picture, rule);
    return torch::tensor(values).view({1, 1, tile.height, tile.width});
}

} // namespace

LatentCodec::LatentCodec(networks::AutoencoderKl network, torch::Device device, int tilePixels)
    : network_(std::move(network)), device_(device), tilePixels_(tilePixels)
{}

torch::Tensor LatentCodec::encode(const torch::Tensor& picture, const CancelToken& token)
{
    const int factor = static_cast<int>(network_->factor());
    const Size latent{sizeOf(picture).width / factor, sizeOf(picture).height / factor};
    const auto rule = ruleFor(tilePixels_, factor);
    torch::Tensor sum;
    for (const Rect& tile : region::tileGrid(latent, rule)) {
        token.throwIfRequested();
        const auto part = narrowed(picture, times(tile, factor)).to(device_);
        const auto answer = finiteOnCpu(network_->encodeMode(part), encoder);
        if (tile.size() == latent)
            return answer;
        if (!sum.defined())
            sum = torch::zeros({1, answer.size(1), latent.height, latent.width});
        narrowed(sum, tile).add_(answer * weightsOf(tile, latent, rule));
    }
    return sum;
}

torch::Tensor LatentCodec::decodeTile(const torch::Tensor& latent, const torch::Tensor& blurred)
{
    const auto seen = blurred.to(device_);
    return finiteOnCpu(network_->decodeOnto(latent.to(device_), seen, network_->skipsOf(seen)),
                       decoder);
}

torch::Tensor LatentCodec::decode(const torch::Tensor& latent, const torch::Tensor& blurred,
                                  const CancelToken& token)
{
    const int factor = static_cast<int>(network_->factor());
    const Size size = sizeOf(latent);
    const Size picture = sizeOf(blurred);
    const auto rule = ruleFor(tilePixels_, factor);
    torch::Tensor sum;
    for (const Rect& tile : region::tileGrid(size, rule)) {
        token.throwIfRequested();
        const Rect area = times(tile, factor);
        const auto answer = decodeTile(narrowed(latent, tile), narrowed(blurred, area));
        if (tile.size() == size)
            return answer;
        if (!sum.defined())
            sum = torch::zeros({1, answer.size(1), picture.height, picture.width});
        narrowed(sum, area).add_(answer * weightsOf(area, picture, times(rule, factor)));
    }
    return sum;
}

} // namespace limpid::methods
