// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <functional>

namespace limpid::methods {

enum class GuidanceSpace { Latent, Rgb };

enum class GuidanceLoss {
    Mse,
    WeightedMse, ///< Flat areas of the blurred picture count, its edges do not.
};

struct GuidanceOptions {
    GuidanceSpace space = GuidanceSpace::Latent;
    GuidanceLoss loss = GuidanceLoss::Mse;
    double scale = 0.0; ///< 0: off.
    int repeat = 1;     ///< Moves per step.
    int start = 1001;   ///< Timesteps t with stop < t + 1 < start are guided.
    int stop = -1;
};

/// What the prediction is drawn towards.
struct GuidanceTarget {
    torch::Tensor picture; ///< The blurred picture as the networks see it: [1, 3, H, W], −1…1.

    /// Latent space: the same picture encoded, [1, C, h, w]; asked anew for every move.
    std::function<torch::Tensor(int step, int repeat)> latent{};

    /// RGB space: latent → [1, 3, H, W], differentiable.
    std::function<torch::Tensor(const torch::Tensor& clean)> decode{};
};

/// The weight of each pixel for WeightedMse, [1, 1, H, W], 0…1: one minus the tanh of the Sobel
/// magnitudes summed over blocks of two by two pixels. picture: [1, 3, H, W], −1…1, even sides.
torch::Tensor flatnessOf(const torch::Tensor& picture);

/// Restoration guidance (DiffBIR): each step's x̂₀ is moved down the gradient of its distance from
/// the blurred picture, which trades detail for fidelity.
class RestorationGuidance {
public:
    RestorationGuidance(const GuidanceOptions& options, GuidanceTarget target)
        : options_(options), target_(std::move(target))
    {}

    bool appliesAt(double timestep) const;

    /// clean: [1, C, h, w]. `cleanWeight` is that of the posterior of the step to come: the move is
    /// divided by it, so that the next state feels it in full.
    torch::Tensor guided(const torch::Tensor& clean, int step, double cleanWeight);

private:
    torch::Tensor pulled(const torch::Tensor& from, const torch::Tensor& to);
    torch::Tensor rgbMove(const torch::Tensor& clean);

    GuidanceOptions options_;
    GuidanceTarget target_;
    torch::Tensor flatness_; ///< Of the picture, once it has been asked for.
};

} // namespace limpid::methods
