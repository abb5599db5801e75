// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/methods/fourier_plane.h"

#include <array>

namespace limpid::methods {

/// Differences to the next pixel across and down, each [H, W]; as if the picture repeated itself.
using Slopes = std::array<torch::Tensor, 2>;

Slopes slopesOf(const torch::Tensor& picture);

/// The steepest share of a picture's slopes; the others become 0. Its margins have no say in what
/// is steep.
Slopes steepest(const Slopes& slopes, double share, Size margins);

/// The kernel that makes the slopes of a blurred picture of those of a sharp one: least squares,
/// not negative, and sparse, because l1 is added (by FISTA, Beck & Teboulle 2009); faint and
/// scattered parts are taken off.
class KernelFit {
public:
    KernelFit(const FourierPlane& plane, const torch::Tensor& blurred, std::int64_t side);

    /// start: a kernel to begin with, or undefined. → [side, side], sum 1.
    torch::Tensor kernelFor(const Slopes& sharp, const torch::Tensor& start) const;

private:
    const FourierPlane& plane_;
    std::array<torch::Tensor, 2> blurred_; ///< Spectra of the windowed slopes.
    std::int64_t side_;
};

} // namespace limpid::methods
