// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/new_parameter.h"

#include <utility>

namespace limpid::nn {

namespace {

std::optional<torch::TensorOptions>& uninitialized()
{
    thread_local std::optional<torch::TensorOptions> where;
    return where;
}

} // namespace

UninitializedParameters::UninitializedParameters(const torch::TensorOptions& where)
    : previous_(std::exchange(uninitialized(), where))
{}

UninitializedParameters::~UninitializedParameters()
{
    uninitialized() = std::move(previous_);
}

torch::Tensor newParameter(at::IntArrayRef shape, double bound)
{
    if (uninitialized())
        return torch::empty(shape, *uninitialized());
    return torch::empty(shape).uniform_(-bound, bound);
}

torch::Tensor newConstantParameter(at::IntArrayRef shape, double value)
{
    if (uninitialized())
        return torch::empty(shape, *uninitialized());
    return torch::full(shape, value, torch::kFloat32);
}

} // namespace limpid::nn
