// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/geometry.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace limpid::engine {

/// Names a submitted job; unique per engine, never 0 for a real job.
enum class JobId : std::uint64_t { None = 0 };

/// What a preview shows.
enum class FrameKind {
    Guidance,  ///< MSG: the predicted sharp gray structure, before the first step.
    Predicted, ///< x̂₀: the clean picture the network predicts at this step.
    Kernel,    ///< DeblurDiff: the decoded LKPN latent.
};

/// One preview picture: 8-bit sRGB, interleaved [H, W, 3], possibly smaller than `area`.
/// Immutable once published.
struct Frame {
    JobId job = JobId::None;
    FrameKind kind = FrameKind::Predicted;
    int step = 0; ///< 0 before the first step, else 1…steps.
    Rect area;    ///< What it covers, in image pixels.
    Size size;    ///< Pixels of `rgb`.
    std::vector<std::uint8_t> rgb;
};

using FramePtr = std::shared_ptr<const Frame>;

} // namespace limpid::engine
