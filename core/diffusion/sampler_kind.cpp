// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/sampler_kind.h"

#include "core/diffusion/ddim_sampler.h"
#include "core/diffusion/ddpm_sampler.h"
#include "core/diffusion/dpm_solver_sampler.h"
#include "core/diffusion/unipc_sampler.h"

namespace limpid::diffusion {

std::unique_ptr<Sampler> makeSampler(SamplerKind kind, const SamplerOptions& options)
{
    switch (kind) {
    case SamplerKind::Ddpm: return std::make_unique<DdpmSampler>(options.clip);
    case SamplerKind::Ddim: return std::make_unique<DdimSampler>(options.eta);
    case SamplerKind::DpmPp2M:
        return std::make_unique<DpmSolverSampler>(DpmSolverSampler::Form::Ode);
    case SamplerKind::DpmPp2MSde:
        return std::make_unique<DpmSolverSampler>(DpmSolverSampler::Form::Sde);
    case SamplerKind::UniPc: return std::make_unique<UniPcSampler>();
    }
    return nullptr; // not reached: every kind returns above
}

} // namespace limpid::diffusion
