// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/nn/module.h>

#include <memory>
#include <string>

namespace limpid::nn {

/// Registers a module under a dotted path, such as "in_layers.0", making the modules in between,
/// which do nothing but lend their names. So a flat class can have the keys of a published file.
template<class Holder>
Holder registerAt(torch::nn::Module& owner, const std::string& path, Holder module)
{
    const auto dot = path.find('.');
    if (dot == std::string::npos)
        return owner.register_module(path, module);
    const auto name = path.substr(0, dot);
    const auto children = owner.named_children();
    const auto* const found = children.find(name);
    const auto next = found != nullptr
                          ? *found
                          : owner.register_module(name, std::make_shared<torch::nn::Module>());
    return registerAt(*next, path.substr(dot + 1), std::move(module));
}

} // namespace limpid::nn
