// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/seeded_noise.h"

namespace limpid::training {

SeededNoise::SeededNoise(torch::Device device)
    : device_(device), generator_(at::globalContext().defaultGenerator(device).clone())
{}

torch::Tensor SeededNoise::drawn(at::IntArrayRef shape, std::uint64_t seed)
{
    generator_.set_current_seed(seed);
    return torch::randn(shape, generator_, torch::TensorOptions(device_));
}

} // namespace limpid::training
