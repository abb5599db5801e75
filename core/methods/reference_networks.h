// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/networks/deblurdiff_model.h"

#include <torch/types.h>

#include <functional>
#include <vector>

namespace limpid::methods {

/// What the published pipeline asks of the networks, whoever holds them and wherever they run.
/// Tensors go in and come out as float on the CPU, one picture at a time.
struct ReferenceNetworks {
    /// picture: [1, 3, H, W] → moments of its latent, [1, 2C, H / factor, W / factor], not scaled.
    std::function<torch::Tensor(const torch::Tensor& picture)> moments;

    /// Scaled latent: [1, C, h, w] → [1, 3, h · factor, w · factor], nominally −1…1. Differentiable
    /// if guidance in RGB is wanted.
    std::function<torch::Tensor(const torch::Tensor& latent)> decode;

    /// As networks::DeblurDiffModel::predict.
    std::function<networks::DeblurDiffAnswer(
        const torch::Tensor& noisy, const torch::Tensor& t, const torch::Tensor& context,
        const torch::Tensor& blurred, const std::vector<double>& controlScales)>
        predict;

    int factor = 8;
    double latentScale = 0.18215;
};

} // namespace limpid::methods
