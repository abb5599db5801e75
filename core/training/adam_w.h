// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/optim/adamw.h>
#include <torch/serialize/archive.h>
#include <torch/types.h>

#include <cstdint>
#include <vector>

namespace limpid::training {

struct AdamWOptions {
    double beta1 = 0.9;
    double beta2 = 0.99;
    double epsilon = 1e-8;
    double weightDecay = 1e-4; ///< Of the rate.
};

/// AdamW (Loshchilov and Hutter 2019) as LibTorch's fused operation, one for all parameters:
/// torch::optim::AdamW makes a dozen small ones for each, which a GPU waits for. One thread.
class AdamW {
public:
    explicit AdamW(std::vector<torch::Tensor> parameters, const AdamWOptions& options = {});

    /// Moves every parameter that has a gradient.
    void step(double rate);

    void save(torch::serialize::OutputArchive& archive) const;
    /// Throws c10::Error when the archive was not written by save() for the same parameters.
    void load(torch::serialize::InputArchive& archive);

private:
    std::vector<torch::Tensor> parameters_;
    std::vector<torch::Tensor> means_;   ///< Of the gradients.
    std::vector<torch::Tensor> squares_; ///< Of the gradients, their mean.
    std::vector<torch::Tensor> steps_;   ///< Done, per parameter, as the fused operation wants it.
    AdamWOptions options_;
};

} // namespace limpid::training
