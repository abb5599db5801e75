// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/tensor_archive.h"

#include <torch/utils.h>

namespace limpid::training {

void writeTensors(torch::serialize::OutputArchive& archive, const std::string& name,
                  const std::vector<torch::Tensor>& tensors)
{
    for (std::size_t i = 0; i < tensors.size(); ++i)
        archive.write(name + std::to_string(i), tensors[i]);
}

void readTensors(torch::serialize::InputArchive& archive, const std::string& name,
                 std::vector<torch::Tensor>& tensors)
{
    const torch::NoGradGuard noGradients;
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        const auto key = name + std::to_string(i);
        torch::Tensor read;
        archive.read(key, read);
        TORCH_CHECK(read.sizes() == tensors[i].sizes(), "want '", key, "' of ", tensors[i].sizes(),
                    ", got ", read.sizes());
        tensors[i].copy_(read);
    }
}

} // namespace limpid::training
