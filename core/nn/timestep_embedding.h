// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/nn/module.h>
#include <torch/nn/modules/linear.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

namespace limpid::nn {

/// Sinusoidal embedding of a noise level (Vaswani et al. 2017; for continuous levels as in
/// WaveGrad): `dimension` / 2 cosines, then as many sines, at frequencies `maxPeriod`^(−i / half).
/// An odd `dimension` ends in a zero. values: [N] → [N, dimension], all arithmetic in float.
torch::Tensor sinusoidalEmbedding(const torch::Tensor& values, std::int64_t dimension,
                                  double maxPeriod = 10000.0);

/// The embedding followed by two linear layers with SiLU: what the blocks are modulated by.
class TimestepEmbeddingImpl : public torch::nn::Module {
public:
    /// `scale` multiplies the level before the sinusoids, so that its range spans many periods.
    TimestepEmbeddingImpl(std::int64_t sinusoids, std::int64_t width, double scale);

    /// levels: [N] → [N, width].
    torch::Tensor forward(const torch::Tensor& levels);

private:
    std::int64_t sinusoids_;
    double scale_;
    torch::nn::Linear first_;
    torch::nn::Linear second_;
};
TORCH_MODULE(TimestepEmbedding);

} // namespace limpid::nn
