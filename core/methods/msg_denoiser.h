// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/methods/restoration_method.h"
#include "core/methods/tiled_denoiser.h"
#include "core/networks/msg_model.h"

#include <vector>

namespace limpid::methods {

/// What the structure guidance says about a whole picture; on the CPU.
struct Structure {
    std::vector<torch::Tensor> features; ///< [1, C, H/s, W/s] per scale, finest first.
    torch::Tensor gray;                  ///< [1, 1, H/s, W/s] of the finest scale, −1…1.
    std::int64_t grayScale = 1;          ///< That scale s.
};

/// Runs the structure guidance tile by tile with a halo that covers all it looks at, so that the
/// answer does not depend on the tiles. blurred: [1, 3, H, W], −1…1, CPU, sides multiples of the
/// model's alignment. Asks the token before each tile.
Structure findStructure(networks::MsgModel& model, const torch::Tensor& blurred,
                        const RunSettings& settings, const CancelToken& token);

/// The image-conditioned network of MSG for one tile, in either form: compact (fed α·x_t and the
/// log-SNR, answers x̂₀) or as published (fed x_t and √ᾱ, answers ε).
class MsgTileDenoiser : public TileDenoiser {
public:
    /// Keeps references to model, picture and structure: they must outlive this object.
    MsgTileDenoiser(networks::MsgModel& model, const torch::Tensor& blurred,
                    const Structure& structure, const RunSettings& settings);

    /// Throws NonFinite.
    diffusion::Prediction predictTile(const torch::Tensor& xt, const diffusion::NoiseLevel& level,
                                      const Rect& tile) override;

private:
    torch::Tensor answer(const torch::Tensor& xt, const diffusion::NoiseLevel& level,
                         const Rect& tile);

    networks::MsgModel& model_;
    const torch::Tensor& blurred_;
    const Structure& structure_;
    torch::Device device_;
    bool bf16_;
};

/// Keeps each prediction near the photograph: low frequencies from the input, and no value beyond
/// the displayable range unless the input is itself beyond it there.
class AnchoredDenoiser : public diffusion::Denoiser {
public:
    /// `inner` and `blurred` must outlive this object. Computes on `device`.
    AnchoredDenoiser(diffusion::Denoiser& inner, const torch::Tensor& blurred, bool lowBand,
                     const torch::Device& device, const CancelToken& token);

    diffusion::Prediction predict(const torch::Tensor& xt,
                                  const diffusion::NoiseLevel& level) override;

private:
    diffusion::Denoiser& inner_;
    const torch::Tensor& blurred_;
    bool lowBand_;
    torch::Device device_;
    CancelToken token_;
};

} // namespace limpid::methods
