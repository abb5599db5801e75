// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/convolution.h"

#include <torch/nn/module.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

#include <vector>

namespace limpid::networks {

struct SharpnessGateConfig {
    std::int64_t channels = 24;
    std::int64_t blocks = 3;  ///< Convolutions that look around.
    bool scene = false;       ///< Is told of the whole photograph, see sceneFeatures.
    std::int64_t scales = 1;  ///< Restorations to mix: of the photograph, its half, its quarter.
    bool deconvolved = false; ///< One more, by deconvolution; needs two scales.
    bool refined = false;     ///< And one more, a step of the networks from the deconvolved one.
    bool octaveAgreement = false; ///< Sees in each octave how far the restorations agree.

    std::int64_t restorations() const { return scales + (deconvolved ? 1 : 0) + (refined ? 1 : 0); }
};

/// Decides how much of a restoration may be shown: nothing where the photograph is already sharp or
/// merely noisy, all of it where it gains; and which of the restorations found at several scales,
/// because a long blur is short in a reduced photograph (coarse to fine, as Nah et al. 2017), and
/// by deconvolution. Sees local energies of the photograph and of each proposed change in octaves,
/// in the spirit of edge width from gradient ratios (Zhuo & Sim 2011), and how far the changes
/// agree. Statistics over a picture would let tiles disagree; what only the whole photograph can
/// tell is found once and told to each of them: what is soft was meant to be if something else is
/// sharp.
class SharpnessGateImpl : public torch::nn::Module {
public:
    /// Not in training mode, in which answers are random.
    explicit SharpnessGateImpl(const SharpnessGateConfig& config);

    /// blurred: [N, 3, H, W], −1…1, sides multiples of cellPixels
    /// changes: what each restoration adds to it, likewise: the finest first, then deconvolved,
    /// refined
    /// scene: sceneFeatures of the photographs that they are parts of, [N or 1, S, 1, 1]; not
    /// looked at unless the configuration wants it.
    /// → shares of the changes, 0 or more, their sum at most 1, both ends are reached;
    /// [N, restorations, H/cell, W/cell].
    torch::Tensor forward(const torch::Tensor& blurred, const std::vector<torch::Tensor>& changes,
                          const torch::Tensor& scene = {});

    /// The second half of forward(): what is made of gateFeatures.
    torch::Tensor shares(const torch::Tensor& features);

    /// As forward(), but all is shown: which of the changes alone is asked. Their sum is 1.
    torch::Tensor choice(const torch::Tensor& blurred, const std::vector<torch::Tensor>& changes,
                         const torch::Tensor& scene = {});

    /// Before training: features like these become numbers around zero.
    void calibrate(const torch::Tensor& features);

    /// How far an answer looks in each direction.
    std::int64_t reachPixels() const;

    const SharpnessGateConfig& config() const { return config_; }

    static constexpr std::int64_t cellPixels = 8;

private:
    torch::Tensor answersTo(const torch::Tensor& features);
    torch::Tensor choiceIn(const torch::Tensor& answers) const;

    SharpnessGateConfig config_;
    torch::Tensor mean_;
    torch::Tensor scale_;
    nn::Convolution in_{nullptr};
    std::vector<nn::Convolution> blocks_;
    nn::Convolution out_{nullptr};
};
TORCH_MODULE(SharpnessGate);

/// The first half of SharpnessGate::forward(): what a gate of this configuration sees, in which no
/// weight has a part. → [N, F, H/cell, W/cell].
torch::Tensor gateFeatures(const SharpnessGateConfig& gate, const torch::Tensor& blurred,
                           const std::vector<torch::Tensor>& changes,
                           const torch::Tensor& scene = {});

/// How sharp the sharpest parts of a photograph are, octave by octave, and how much grain it has.
/// parts: samples of one photograph, [N, 3, H, W], −1…1, sides multiples of cellPixels.
/// → [1, S, 1, 1].
torch::Tensor sceneFeatures(const torch::Tensor& parts);

/// Shares per cell → per pixel, linear between the cells' centres. [N, K, h, w] → [N, K, H, W].
torch::Tensor sharesPerPixel(const torch::Tensor& shares);

} // namespace limpid::networks
