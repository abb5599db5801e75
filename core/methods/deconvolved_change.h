// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/geometry.h"
#include "core/methods/regression.h"

#include <torch/types.h>

#include <vector>

namespace limpid::methods {

/// The overlapping parts of a photograph whose blur is taken for one kernel each: the same ones,
/// whichever region is restored.
struct BlurParts {
    Size photo;              ///< Sides rounded up to multiples of 64, as far as any network sees.
    std::vector<Rect> parts; ///< Those that touch the region.
    Rect area;               ///< What they cover together.

    /// A rectangle of the photograph as one of what lies under the area.
    Rect inArea(const Rect& rect) const { return rect.relativeTo(area.topLeft()); }
};

BlurParts blurPartsUnder(const Rect& region, Size photo);

/// What a photograph gains if the blur of each of its parts is taken for one kernel (see
/// estimateKernel), which is found with a coarse change as the guess at what is sharp: unlike a
/// network, it believes only what, blurred again, is the photograph. A blur may so differ from
/// place to place. Where the guess has hardly anything to change, and in photographs too small to
/// tell a kernel, it stays what it is. blurred: the photograph under parts.area, [1, 3, H, W],
/// −1…1, CPU. coarse: a change of it at half its size. → to be added, as `blurred`; complete where
/// the region is. Of the regression, whose answer is not asked for, it uses device, token and
/// report, which is told of deconvolutionWork() in all. Asks the token before each part, but waits
/// for a pause only between those that are done at once. Throws Cancelled, NonFinite.
torch::Tensor deconvolvedChange(const torch::Tensor& blurred, const torch::Tensor& coarse,
                                const BlurParts& parts, const Regression& regression);

/// How much there is to do for that, in pixels of a network's step.
double deconvolutionWork(const BlurParts& parts);

} // namespace limpid::methods
