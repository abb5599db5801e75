// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancellation.h"
#include "core/methods/restoration_method.h"
#include "core/networks/sharpness_gate.h"

namespace limpid::methods {

/// Lets a restoration show only where it does no harm: each pixel is blended between photograph and
/// restoration by the share that a gate gives it. Without a gate everything is shown.
class Safeguard {
public:
    Safeguard() = default;
    /// The gate may be null. scene: what it is told of the whole photograph; see sceneOf.
    Safeguard(networks::SharpnessGate gate, const torch::Tensor& scene, torch::Device device,
              int tilePixels);

    /// Corners and sides of what it looks at are multiples of this.
    static int alignment() { return networks::SharpnessGateImpl::cellPixels; }

    /// Both [1, 3, H, W], −1…1, CPU → same: where the share is 0 exactly `blurred`. Does not depend
    /// on the size of the tiles. Asks the token before each.
    torch::Tensor shown(const torch::Tensor& restored, const torch::Tensor& blurred,
                        const CancelToken& token);

private:
    torch::Tensor sharesPerCell(const torch::Tensor& restored, const torch::Tensor& blurred,
                                const CancelToken& token);

    networks::SharpnessGate gate_{nullptr};
    torch::Tensor scene_;
    torch::Device device_ = torch::kCPU;
    int tilePixels_ = 0;
};

/// For a job: none if it does not want to be protected.
Safeguard safeguardFor(const RestorationJob& job, const networks::SharpnessGate& gate,
                       const RunSettings& settings);

} // namespace limpid::methods
