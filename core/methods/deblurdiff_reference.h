// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancellation.h"
#include "core/methods/gaussian_tiles.h"
#include "core/methods/noise_draws.h"
#include "core/methods/reference_networks.h"
#include "core/methods/reference_sampling.h"
#include "core/methods/restoration_guidance.h"

#include <optional>
#include <vector>

namespace limpid::methods {

/// The options of the published command line, with its defaults.
struct ReferenceOptions {
    int steps = 50;
    double cfgScale = 1.0;
    double strength = 1.0;             ///< Of the ControlNet.
    bool betterStart = false;          ///< From the noised low frequencies, not from pure noise.
    std::optional<WindowRule> tiles{}; ///< In image pixels, 512 and 256 as published; none: whole.
    GuidanceOptions guidance{};
};

struct ReferenceInput {
    torch::Tensor bytes;        ///< [H, W, 3], uint8.
    torch::Tensor text;         ///< Embedded prompt, [1, T, K].
    torch::Tensor negativeText; ///< Same; looked at only if cfgScale is not 1.
};

struct ReferenceResult {
    torch::Tensor bytes;                ///< [H, W, 3], uint8.
    torch::Tensor blurred;              ///< Latent of the blurred picture.
    torch::Tensor unconditionalBlurred; ///< The other draw of it.
    torch::Tensor start;                ///< The first state.
    torch::Tensor latent;               ///< The last one.
    torch::Tensor beforeColors;         ///< [1, 3, H, W], 0…1, not clamped.
    torch::Tensor afterColors;          ///< Same.
};

struct ReferenceRun {
    NoiseDraws draws;
    CancelToken token{};          ///< Asked before every call of a network.
    ReferenceObserver stepDone{}; ///< May be empty.
};

/// DeblurDiff exactly as published (arXiv 2502.03810 and its code), including what one would do
/// otherwise: the blurred picture is encoded in 0…1 and, without tiles, drawn from its
/// distribution; colors are matched to the blurred picture's; bytes are truncated. Pictures smaller
/// than a tile, gaps between tiles, and a single step work here.
class DeblurDiffReference {
public:
    /// alphaBars: ᾱ of all timesteps, the noisiest last.
    DeblurDiffReference(ReferenceNetworks networks, std::vector<double> alphaBars,
                        const ReferenceOptions& options)
        : networks_(std::move(networks)), alphaBars_(std::move(alphaBars)), options_(options)
    {}

    ReferenceResult restore(const ReferenceInput& input, const ReferenceRun& run) const;

private:
    ReferenceNetworks networks_;
    std::vector<double> alphaBars_;
    ReferenceOptions options_;
};

} // namespace limpid::methods
