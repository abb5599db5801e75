// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/psf.h"

#include <torch/types.h>

namespace limpid::evaluation {

/// What a restorer is measured against. Pictures as in picture.h; results are clamped to 0…1.

/// picture + amount · (picture − its Gaussian blur), on the encoded values.
torch::Tensor unsharpMask(const torch::Tensor& picture, double sigma, double amount);

/// Richardson–Lucy (1972, 1974) with this kernel, in linear light. What lies beyond the border is
/// sought too, as far as the kernel carries its light inside (Bertero and Boccacci 2005).
torch::Tensor richardsonLucy(const torch::Tensor& picture, const training::Psf& psf,
                             int iterations);

/// Wiener's filter with this kernel, in linear light. noiseVariance: of the linear values. The
/// scene's spectrum is taken to fall with the square of the frequency and to have the energy of the
/// picture less its noise. The picture is mirrored at its border and tapered there.
torch::Tensor wiener(const torch::Tensor& picture, const training::Psf& psf, double noiseVariance);

} // namespace limpid::evaluation
