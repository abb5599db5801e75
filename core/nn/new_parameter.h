// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <optional>

namespace limpid::nn {

/// While one lives, layers built on this thread allocate their parameters in this type and place
/// and leave them without values, because a file is about to fill them. (Per thread, like Torch's
/// own gradient mode: dozens of nested constructors would have to pass it on.)
class UninitializedParameters {
public:
    explicit UninitializedParameters(const torch::TensorOptions& where);
    ~UninitializedParameters();
    UninitializedParameters(const UninitializedParameters&) = delete;
    UninitializedParameters& operator=(const UninitializedParameters&) = delete;

private:
    std::optional<torch::TensorOptions> previous_;
};

/// A new parameter with values drawn uniformly from −bound…bound.
torch::Tensor newParameter(at::IntArrayRef shape, double bound);

/// A new parameter that is the same everywhere.
torch::Tensor newConstantParameter(at::IntArrayRef shape, double value);

} // namespace limpid::nn
