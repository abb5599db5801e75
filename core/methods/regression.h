// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancellation.h"
#include "core/methods/restoration_method.h"
#include "core/methods/work_report.h"

#include <torch/types.h>

#include <functional>

namespace limpid::methods {

/// One step of a method, and how it is carried out.
struct Regression {
    /// As RestorationMethod::regress, with these settings.
    std::function<torch::Tensor(const torch::Tensor& blurred)> answer;
    RunSettings settings;
    CancelToken token;   ///< Is asked before each tile.
    WorkReport worked{}; ///< Is told after each tile.

    static constexpr int alignment = 64;     ///< Sides that it answers for are multiples of this.
    static constexpr int contextPixels = 96; ///< An answer depends on this much around it.
};

/// What the photograph gains by one step from `start`, which may be the photograph itself: tile by
/// tile, its low band kept if the job says so. All [1, 3, H, W], CPU, sides multiples of
/// Regression::alignment, −1…1 → to be added. Throws Cancelled, NonFinite.
torch::Tensor changeByOneStep(const torch::Tensor& start, const torch::Tensor& photo,
                              const RestorationJob& job, const Regression& regression);

} // namespace limpid::methods
