// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancellation.h"
#include "core/base/geometry.h"
#include "core/diffusion/denoiser.h"
#include "core/methods/work_report.h"
#include "core/region/tile_grid.h"

#include <vector>

namespace limpid::methods {

/// A denoiser of one tile of a picture. What it is conditioned on it cuts out by itself.
class TileDenoiser {
public:
    virtual ~TileDenoiser() = default;

    /// xt: [1, C, tile.height, tile.width], CPU → prediction of the same shape, CPU.
    virtual diffusion::Prediction
    predictTile(const torch::Tensor& xt, const diffusion::NoiseLevel& level, const Rect& tile) = 0;
};

/// A denoiser made of overlapping tiles, blended at every step with weights that sum to one, so
/// that no seam can grow from step to step. Asks the token before each tile and reports it after.
class TiledDenoiser : public diffusion::Denoiser {
public:
    /// `inner` must outlive this object.
    TiledDenoiser(TileDenoiser& inner, Size picture, const region::TileRule& rule,
                  CancelToken token, WorkReport worked = {});

    diffusion::Prediction predict(const torch::Tensor& xt,
                                  const diffusion::NoiseLevel& level) override;

private:
    TileDenoiser& inner_;
    Size picture_;
    region::TileRule rule_;
    CancelToken token_;
    WorkReport worked_;
    std::vector<Rect> tiles_;
};

} // namespace limpid::methods
