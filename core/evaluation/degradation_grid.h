// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/kernel_files.h"
#include "core/training/degradation.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace limpid::evaluation {

enum class BlurKind { CameraShake, Linear, Defocus, Gaussian, None, Given };
enum class Finish { Clean, Noise, Jpeg, Camera };

/// One kind of damage. BlurKind::None goes with BlurClass::None and nothing else does.
struct GridCell {
    BlurKind blur = BlurKind::None;
    training::BlurClass severity = training::BlurClass::None;
    Finish finish = Finish::Clean;
    std::shared_ptr<const GivenKernel> kernel{}; ///< Of BlurKind::Given.
};

/// All 52, by severity: three severities of four kinds of blur, and no blur, each in four
/// finishes.
std::vector<GridCell> degradationGrid();

/// The same with these kernels in place of those that are drawn, by severity, which their extents
/// decide.
std::vector<GridCell> degradationGrid(const std::vector<GivenKernel>& kernels);

/// The damage of this cell to photograph number `photo`, always the same. The four finishes share
/// one kernel, the same all over the picture. The extent is log-uniform within the severity: 2–6,
/// 6–14, 14–30 pixels; a disk's radius is extent / 2.6, at most 8, a Gaussian's sigma extent / 4,
/// at most 5, as in training. Noise: shot 2e-4, read 0.002; JPEG: quality 85, 4:2:0. A camera's:
/// shot 4e-4, read 0.002 of a Bayer mosaic, what is blurred sharpened by 0.6, quality 92, 4:2:0.
training::Degradation degradationOf(const GridCell& cell, std::size_t photo);

/// The mean variance that noise and compression add to linear values, as a filter is told it: it
/// knows nothing of a camera's mosaic and sharpening.
double noiseVarianceOf(const training::Degradation& degradation, double meanLinear);

/// "camera shake"; a given kernel's own name.
std::string nameOf(const GridCell& cell);
std::string nameOf(training::BlurClass severity);
std::string nameOf(Finish finish);

} // namespace limpid::evaluation
