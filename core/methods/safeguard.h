// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancellation.h"
#include "core/methods/regression.h"
#include "core/methods/restoration_method.h"
#include "core/networks/sharpness_gate.h"

#include <vector>

namespace limpid::methods {

/// Whether what is sharp already stays as it is.
enum class Protection { On, Off };

/// Lets a restoration show only where it does no harm: each pixel is blended between photograph and
/// restoration by the share that a gate gives it, and between this restoration and others if the
/// gate is made for them. Without protection the choice between them is left, without a gate
/// everything of the first is shown.
class Safeguard {
public:
    Safeguard() = default;
    /// The gate may be null. scene: what it is told of the whole photograph; see sceneOf.
    /// others: proposalsFor the gate.
    Safeguard(networks::SharpnessGate gate, const torch::Tensor& scene,
              std::vector<torch::Tensor> others, const RunSettings& settings,
              Protection protection = Protection::On);

    /// Corners and sides of what it looks at are multiples of this.
    static int alignment() { return networks::SharpnessGateImpl::cellPixels; }

    /// Both [1, 3, H, W], −1…1, CPU → same: where the share is 0 exactly `blurred`. Does not depend
    /// on the size of the tiles. Asks the token before each.
    torch::Tensor shown(const torch::Tensor& restored, const torch::Tensor& blurred,
                        const CancelToken& token);

private:
    std::vector<torch::Tensor> changesUnder(const Rect& area, const torch::Tensor& restored,
                                            const torch::Tensor& blurred) const;
    torch::Tensor sharesPerCell(const torch::Tensor& restored, const torch::Tensor& blurred,
                                const CancelToken& token);
    torch::Tensor mixed(const torch::Tensor& restored, const torch::Tensor& blurred,
                        const torch::Tensor& shares, const CancelToken& token) const;

    networks::SharpnessGate gate_{nullptr};
    torch::Tensor scene_;
    std::vector<torch::Tensor> others_;
    torch::Device device_ = torch::kCPU;
    int tilePixels_ = 0;
    Protection protection_ = Protection::Off;
};

/// For a job and what is seen of its photograph; protects if the job's "protect_sharp" says so.
/// Makes what else the gate may show, with the regression. Throws Cancelled, NonFinite.
Safeguard safeguardFor(const RestorationJob& job, const Rect& seen,
                       const networks::SharpnessGate& gate, const Regression& regression);

/// How much a job has to do, in pixels that the networks look at: its steps, and what
/// safeguardFor() needs.
double workOf(const RestorationJob& job, const Rect& seen, const networks::SharpnessGate& gate);

} // namespace limpid::methods
