// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/methods/deblurdiff_denoiser.h"

namespace limpid::methods {

/// LKPN, ControlNet and U-Net of the compact form for one tile of the latent, one step; see
/// StepNetworks::predictClean. At α = 0 the answer does not depend on the noise.
class CompactTileDenoiser : public TileDenoiser {
public:
    /// Keeps references: `networks` and `condition` must outlive this object.
    CompactTileDenoiser(DeblurDiffNetworks& networks, const DeblurDiffCondition& condition,
                        CancelToken token);

    /// Asks the token before each network. Throws Cancelled, NonFinite.
    diffusion::Prediction predictTile(const torch::Tensor& xt, const diffusion::NoiseLevel& level,
                                      const Rect& tile) override;

private:
    DeblurDiffNetworks& networks_;
    const DeblurDiffCondition& condition_;
    CancelToken token_;
    std::vector<double> alphaBars_;
};

} // namespace limpid::methods
