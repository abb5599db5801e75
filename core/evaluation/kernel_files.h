// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/training/psf.h"

#include <filesystem>
#include <string>
#include <vector>

namespace limpid::evaluation {

/// A point spread function that somebody measured or published.
struct GivenKernel {
    std::string name; ///< Of the file, without extension.
    training::Psf psf;
    double extent = 0.0; ///< Pixels: the longer side of what holds 98 % of its weight.
};

/// A kernel from a gray picture (colors are averaged) whose values are weights: shifted so that its
/// centroid lies in the middle and divided by its sum. DamagedFile when it is black or does not fit
/// into training::psfSide pixels around its centroid; errors of the photo reader.
[[nodiscard]] Result<GivenKernel> readKernel(const std::filesystem::path& file);

/// All of a folder, by name: files with a picture's extension. FileNotFound when there is none;
/// the first error of readKernel.
[[nodiscard]] Result<std::vector<GivenKernel>> readKernels(const std::filesystem::path& folder);

} // namespace limpid::evaluation
