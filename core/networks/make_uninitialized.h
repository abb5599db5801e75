// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/new_parameter.h"

#include <torch/types.h>

#include <utility>

namespace limpid::networks {

/// Builds a network for loadWeights() to fill: allocated once, in its final type and place, without
/// drawing random values and without gradients. On the device "meta" it has names and shapes only.
/// `auto unet = makeUninitialized<Unet>({torch::kBFloat16}, config.unet);`
template<class Holder, class... Arguments>
Holder makeUninitialized(const torch::TensorOptions& where, Arguments&&... arguments)
{
    const nn::UninitializedParameters guard(where);
    Holder module(std::forward<Arguments>(arguments)...);
    for (auto& parameter : module->parameters())
        parameter.set_requires_grad(false);
    module->eval();
    return module;
}

} // namespace limpid::networks
