// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/adam_w.h"

#include <string>

namespace limpid::training {

namespace {

void writeAll(torch::serialize::OutputArchive& archive, const std::string& name,
              const std::vector<torch::Tensor>& tensors)
{
    for (std::size_t i = 0; i < tensors.size(); ++i)
        archive.write(name + std::to_string(i), tensors[i]);
}

void readAll(torch::serialize::InputArchive& archive, const std::string& name,
             std::vector<torch::Tensor>& tensors)
{
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        torch::Tensor read;
        archive.read(name + std::to_string(i), read);
        TORCH_CHECK(read.sizes() == tensors[i].sizes(), "want ", name, " of ", tensors[i].sizes(),
                    ", got ", read.sizes());
        tensors[i].copy_(read);
    }
}

} // namespace

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

void AdamW::zeroGradients()
{
    for (auto& parameter : parameters_)
        parameter.mutable_grad().reset();
}

void AdamW::save(torch::serialize::OutputArchive& archive) const
{
    writeAll(archive, "mean", means_);
    writeAll(archive, "square", squares_);
    writeAll(archive, "step", steps_);
}

void AdamW::load(torch::serialize::InputArchive& archive)
{
    const torch::NoGradGuard noGradients;
    readAll(archive, "mean", means_);
    readAll(archive, "square", squares_);
    readAll(archive, "step", steps_);
}

} // namespace limpid::training
