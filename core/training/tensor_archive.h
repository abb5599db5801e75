// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/serialize/archive.h>
#include <torch/types.h>

#include <string>
#include <vector>

namespace limpid::training {

/// Tensors of an optimizer's state in an archive, by name and index.
void writeTensors(torch::serialize::OutputArchive& archive, const std::string& name,
                  const std::vector<torch::Tensor>& tensors);

/// And back into tensors of the same shapes; else, or when one is missing, throws c10::Error.
void readTensors(torch::serialize::InputArchive& archive, const std::string& name,
                 std::vector<torch::Tensor>& tensors);

} // namespace limpid::training
