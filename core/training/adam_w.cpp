// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/adam_w.h"

#include "core/training/tensor_archive.h"

#include <torch/utils.h>

namespace limpid::training {

AdamW::AdamW(std::vector<torch::Tensor> parameters, const AdamWOptions& options)
    : parameters_(std::move(parameters)), options_(options)
{
    for (const auto& parameter : parameters_) {
        means_.push_back(torch::zeros_like(parameter).detach());
        squares_.push_back(torch::zeros_like(parameter).detach());
        steps_.push_back(torch::zeros({}, parameter.options().requires_grad(false)));
    }
}

void AdamW::step(double rate)
{
    const torch::NoGradGuard noGradients;
    std::vector<torch::Tensor> parameters;
    std::vector<torch::Tensor> gradients;
    std::vector<torch::Tensor> means;
    std::vector<torch::Tensor> squares;
    std::vector<torch::Tensor> steps;
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
        if (!parameters_[i].grad().defined())
            continue;
        parameters.push_back(parameters_[i]);
        gradients.push_back(parameters_[i].grad());
        means.push_back(means_[i]);
        squares.push_back(squares_[i]);
        steps.push_back(steps_[i]);
    }
    if (parameters.empty())
        return;
    torch::_foreach_add_(steps, 1.0);
    torch::_fused_adamw_(parameters, gradients, means, squares, /*max_exp_avg_sqs=*/{}, steps, rate,
                         options_.beta1, options_.beta2, options_.weightDecay, options_.epsilon,
                         /*amsgrad=*/false, /*maximize=*/false);
}

void AdamW::save(torch::serialize::OutputArchive& archive) const
{
    writeTensors(archive, "mean", means_);
    writeTensors(archive, "square", squares_);
    writeTensors(archive, "step", steps_);
}

void AdamW::load(torch::serialize::InputArchive& archive)
{
    readTensors(archive, "mean", means_);
    readTensors(archive, "square", squares_);
    readTensors(archive, "step", steps_);
}

} // namespace limpid::training
