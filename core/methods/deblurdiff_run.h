// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/sampling_loop.h"
#include "core/methods/canvas.h"
#include "core/methods/deblurdiff_form.h"
#include "core/methods/latent_codec.h"
#include "core/methods/latent_projection.h"
#include "core/methods/restoration_guidance.h"
#include "core/methods/restoration_method.h"
#include "core/methods/safeguard.h"

#include <memory>
#include <optional>

namespace limpid::methods {

/// One restoration in latents, from the photograph to the restored pixels: prepare(), sample(),
/// finish(), once each and in this order. Lives shorter than all that it is given.
class DeblurDiffRun {
public:
    DeblurDiffRun(std::shared_ptr<DeblurDiffNetworks> networks, const RestorationJob& job,
                  engine::JobContext& context, const RunSettings& settings);

    /// Embeds the prompts, encodes the photograph. InvalidRequest, before any of it, when what is
    /// seen is too large for guidance by pictures.
    void prepare();
    /// → what the job asks for of the last step, x̂₀ or the kernel latent; [1, C, h, w], scaled,
    /// CPU.
    torch::Tensor sample();
    region::Patch finish(const torch::Tensor& latent) const;

private:
    GuidanceTarget guidanceTarget() const;
    Safeguard safeguard() const;
    diffusion::NoiseSource noise() const;
    LatentCodec codec(const CancelToken& token) const;
    const torch::Tensor& wanted(const diffusion::Prediction& prediction) const;
    diffusion::StepObserver observer(int steps) const;
    void show(const diffusion::Prediction& prediction, int step, bool last) const;
    void publish(const torch::Tensor& latent, engine::FrameKind kind, int step) const;
    torch::Tensor preview(const torch::Tensor& latent, const CanvasCells& where) const;

    std::shared_ptr<DeblurDiffNetworks> networks_;
    const DeblurDiffForm& form_;
    const RestorationJob& job_;
    engine::JobContext& context_;
    const RunSettings& settings_;
    int factor_; ///< Image pixels per latent pixel.
    Canvas canvas_;
    Rect cells_; ///< Canvas in latent pixels.
    DeblurDiffCondition condition_;
    torch::Tensor blurred_;     ///< The photograph under the canvas, [1, 3, H, W], −1…1, CPU.
    torch::Tensor startLatent_; ///< The photograph in −1…1, where the path begins; [1, C, h, w].
    std::optional<LatentProjection> projection_;
    StepDecoder decode_;
};

/// Sides of what the networks see are multiples of this.
int alignmentOf(const networks::DeblurDiffConfig& config);

} // namespace limpid::methods
