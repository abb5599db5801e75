// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/muon.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace limpid::training {

namespace {

constexpr int iterations = 5;
// p(s) = a·s + b·s³ + c·s⁵ drives every singular value towards one, fastest the small ones.
constexpr double a = 3.4445;
constexpr double b = -4.7750;
constexpr double c = 2.0315;

std::string key(std::size_t index)
{
    return std::to_string(index);
}

} // namespace

torch::Tensor orthogonalized(const torch::Tensor& matrix)
{
    const bool tall = matrix.size(0) > matrix.size(1);
    const auto wide = (tall ? matrix.t() : matrix) / (matrix.norm() + 1e-7);
    auto gram = torch::matmul(wide, wide.t());
    const auto identity = torch::eye(gram.size(0), gram.options());
    auto product = identity;
    for (int i = 0; i < iterations; ++i) {
        // X ← P·X with P = a + b·G + c·G², and so G ← P·G·P; all of them commute.
        const auto polynomial = a * identity + b * gram + c * torch::matmul(gram, gram);
        product = torch::matmul(polynomial, product);
        gram = torch::matmul(torch::matmul(polynomial, gram), polynomial);
    }
    const auto result = torch::matmul(product, wide);
    return tall ? result.t() : result;
}

Muon::Muon(std::vector<torch::Tensor> kernels, const MuonOptions& options)
    : kernels_(std::move(kernels)), options_(options)
{
    for (const auto& kernel : kernels_)
        momenta_.push_back(torch::zeros_like(kernel).detach());
}

void Muon::step(double rate)
{
    const torch::NoGradGuard noGradients;
    for (std::size_t i = 0; i < kernels_.size(); ++i) {
        auto& kernel = kernels_[i];
        const auto& gradient = kernel.grad();
        if (!gradient.defined())
            continue;
        momenta_[i].lerp_(gradient, 1.0 - options_.momentum);
        const auto ahead = torch::lerp(gradient, momenta_[i], options_.momentum); // Nesterov
        const auto matrix = ahead.reshape({kernel.size(0), -1});
        const auto step = orthogonalized(matrix).reshape(kernel.sizes());
        const auto sides =
            static_cast<double>(matrix.size(0)) / static_cast<double>(matrix.size(1));
        kernel.mul_(1.0 - rate * options_.weightDecay);
        kernel.sub_(step, rate * std::sqrt(std::max(1.0, sides)));
    }
}

void Muon::zeroGradients()
{
    for (auto& kernel : kernels_)
        kernel.mutable_grad().reset();
}

void Muon::save(torch::serialize::OutputArchive& archive) const
{
    for (std::size_t i = 0; i < momenta_.size(); ++i)
        archive.write(key(i), momenta_[i]);
}

void Muon::load(torch::serialize::InputArchive& archive)
{
    const torch::NoGradGuard noGradients;
    for (std::size_t i = 0; i < momenta_.size(); ++i) {
        torch::Tensor momentum;
        archive.read(key(i), momentum);
        TORCH_CHECK(momentum.sizes() == momenta_[i].sizes(), "want a momentum of ",
                    momenta_[i].sizes(), ", got ", momentum.sizes());
        momenta_[i].copy_(momentum);
    }
}

ParameterGroups groupParameters(const torch::nn::Module& module)
{
    ParameterGroups groups;
    for (const auto& parameter : module.parameters()) {
        const bool isKernel = parameter.dim() == 4 && parameter.size(0) > ParameterGroups::fewest &&
                              parameter.size(1) > ParameterGroups::fewest;
        (isKernel ? groups.kernels : groups.others).push_back(parameter);
    }
    return groups;
}

} // namespace limpid::training
