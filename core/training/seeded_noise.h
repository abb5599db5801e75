// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <cstdint>

namespace limpid::training {

/// Standard normal values, float, drawn where they are wanted: what a GPU trains on would else be
/// drawn by the processor for longer than a step takes. They depend on the seed, the shape and the
/// kind of device. One thread.
class SeededNoise {
public:
    explicit SeededNoise(torch::Device device);

    torch::Tensor drawn(at::IntArrayRef shape, std::uint64_t seed);

private:
    torch::Device device_;
    at::Generator generator_;
};

} // namespace limpid::training
