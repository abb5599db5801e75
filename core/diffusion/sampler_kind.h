// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/sampler.h"

#include <memory>

namespace limpid::diffusion {

enum class SamplerKind {
    Ddpm,       ///< Ancestral, as published.
    Ddim,       ///< Deterministic to ancestral by eta.
    DpmPp2M,    ///< DPM-Solver++(2M).
    DpmPp2MSde, ///< Its stochastic form.
    UniPc,      ///< UniPC of order 2.
};

struct SamplerOptions {
    double eta = 0.0;  ///< Ddim alone.
    double clip = 0.0; ///< Ddpm alone: x̂₀ is clamped to ±clip; 0: not clamped.
};

std::unique_ptr<Sampler> makeSampler(SamplerKind kind, const SamplerOptions& options = {});

} // namespace limpid::diffusion
