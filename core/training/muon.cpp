// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/muon.h"

#include "core/training/tensor_archive.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <torch/utils.h>

namespace limpid::training {

namespace {

constexpr int iterations = 5;
// p(s) = a·s + b·s³ + c·s⁵ drives every singular value towards one, fastest the small ones.
constexpr double a = 3.4445;
constexpr double b = -4.7750;
constexpr double c = 2.0315;

/// As a matrix: [outputs, all that is weighted].
std::pair<std::int64_t, std::int64_t> matrixShape(const torch::Tensor& kernel)
{
    return {kernel.size(0), kernel.numel() / kernel.size(0)};
}

} // namespace

torch::Tensor orthogonalized(const torch::Tensor& matrices)
{
    const bool tall = matrices.size(-2) > matrices.size(-1);
    const auto norms = torch::linalg_vector_norm(matrices, 2, {-2, -1}, /*keepdim=*/true);
    const auto wide = (tall ? matrices.mT() : matrices) / (norms + 1e-7);
    auto gram = torch::bmm(wide, wide.mT());
    torch::Tensor product;
    for (int i = 0; i < iterations; ++i) {
        // X ← P·X with P = a + b·G + c·G², and so G ← P·G·P; all of them commute.
        auto polynomial = torch::baddbmm(gram, gram, gram, b, c);
        polynomial.diagonal(0, -2, -1).add_(a);
        product = i == 0 ? polynomial : torch::bmm(polynomial, product);
        gram = torch::bmm(torch::bmm(polynomial, gram), polynomial);
    }
    const auto result = torch::bmm(product, wide);
    return tall ? result.mT() : result;
}

Muon::Muon(std::vector<torch::Tensor> kernels, const MuonOptions& options)
    : kernels_(std::move(kernels)), options_(options)
{
    for (const auto& kernel : kernels_)
        momenta_.push_back(torch::zeros_like(kernel).detach());
}

/// Kernels of one shape move together: a batch of products costs little more than one of them.
void Muon::step(double rate)
{
    const torch::NoGradGuard noGradients;
    std::map<MatrixShape, std::vector<std::size_t>> alike;
    for (std::size_t i = 0; i < kernels_.size(); ++i)
        if (kernels_[i].grad().defined())
            alike[matrixShape(kernels_[i])].push_back(i);
    for (const auto& [shape, members] : alike)
        moveTogether(members, shape, rate);
}

void Muon::moveTogether(const std::vector<std::size_t>& members, MatrixShape shape, double rate)
{
    std::vector<torch::Tensor> kernels;
    std::vector<torch::Tensor> momenta;
    std::vector<torch::Tensor> gradients;
    for (const auto i : members) {
        kernels.push_back(kernels_[i]);
        momenta.push_back(momenta_[i]);
        gradients.push_back(kernels_[i].grad());
    }
    torch::_foreach_lerp_(momenta, gradients, 1.0 - options_.momentum);
    auto ahead = torch::_foreach_lerp(gradients, momenta, options_.momentum); // Nesterov
    for (auto& matrix : ahead)
        matrix = matrix.reshape({shape.first, shape.second});
    const auto steps = orthogonalized(torch::stack(ahead)).unbind();

    std::vector<torch::Tensor> shaped;
    for (std::size_t i = 0; i < steps.size(); ++i)
        shaped.push_back(steps[i].reshape(kernels[i].sizes()));
    const auto sides = static_cast<double>(shape.first) / static_cast<double>(shape.second);
    torch::_foreach_mul_(kernels, 1.0 - rate * options_.weightDecay);
    torch::_foreach_sub_(kernels, shaped, rate * std::sqrt(std::max(1.0, sides)));
}

void Muon::save(torch::serialize::OutputArchive& archive) const
{
    writeTensors(archive, {}, momenta_);
}

void Muon::load(torch::serialize::InputArchive& archive)
{
    readTensors(archive, {}, momenta_);
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
