// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancellation.h"
#include "core/methods/gaussian_tiles.h"
#include "core/methods/reference_networks.h"

#include <optional>

namespace limpid::methods {

/// What a branch of classifier-free guidance is conditioned on.
struct ReferenceCondition {
    torch::Tensor text;    ///< [1, T, K]
    torch::Tensor blurred; ///< [1, C, h, w], scaled.
};

struct ReferencePredictionRule {
    double cfgScale = 1.0;             ///< 1: the unconditional branch is not asked.
    double strength = 1.0;             ///< Of every ControlNet output.
    std::optional<WindowRule> tiles{}; ///< In latent pixels; none: the whole latent at once.
};

/// The networks' answer for one state, as published: with guidance the kernel latent is the
/// conditional branch's; of tiles, ε is averaged by Gaussian weights while the kernel latent is
/// overwritten. Asks the token before each call of a network.
class ReferencePredictor {
public:
    /// `networks` must outlive this object.
    ReferencePredictor(const ReferenceNetworks& networks, ReferenceCondition conditional,
                       ReferenceCondition unconditional, const ReferencePredictionRule& rule,
                       CancelToken token);

    /// x: [1, C, h, w].
    networks::DeblurDiffAnswer predict(const torch::Tensor& x, int timestep) const;

private:
    networks::DeblurDiffAnswer predictTile(const torch::Tensor& x, int timestep,
                                           const Rect& tile) const;
    networks::DeblurDiffAnswer ask(const ReferenceCondition& condition, const torch::Tensor& x,
                                   int timestep, const Rect& tile) const;

    const ReferenceNetworks& networks_;
    ReferenceCondition conditional_;
    ReferenceCondition unconditional_;
    ReferencePredictionRule rule_;
    CancelToken token_;
};

} // namespace limpid::methods
