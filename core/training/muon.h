// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/nn/module.h>
#include <torch/serialize/archive.h>
#include <torch/types.h>

#include <utility>
#include <vector>

namespace limpid::training {

/// The matrix nearest to an orthogonal one, roughly: five steps of the quintic Newton–Schulz
/// iteration of Muon, after which all singular values lie near one (about 0.7 to 1.2). The
/// iteration runs on the smaller Gram matrix and is applied once, a quarter of the usual work for
/// kernels. matrices: [N, R, C], fp32, none all zero → same shape.
torch::Tensor orthogonalized(const torch::Tensor& matrices);

struct MuonOptions {
    double momentum = 0.95;
    double weightDecay = 0.01; ///< Of the rate, as AdamW's.
};

/// Momentum orthogonalized by Newton–Schulz (Jordan et al. 2024) for convolution kernels, seen as
/// matrices [out, in · height · width]. Other parameters want another optimizer.
class Muon {
public:
    explicit Muon(std::vector<torch::Tensor> kernels, const MuonOptions& options = {});

    /// Moves every kernel that has a gradient by `rate` along its orthogonalized momentum.
    void step(double rate);

    void save(torch::serialize::OutputArchive& archive) const;
    /// Throws c10::Error when the archive was not written by save() for the same kernels.
    void load(torch::serialize::InputArchive& archive);

private:
    using MatrixShape = std::pair<std::int64_t, std::int64_t>; ///< Rows, columns.
    void moveTogether(const std::vector<std::size_t>& members, MatrixShape shape, double rate);

    std::vector<torch::Tensor> kernels_;
    std::vector<torch::Tensor> momenta_;
    MuonOptions options_;
};

/// The parameters of a module, by the optimizer that suits them.
struct ParameterGroups {
    std::vector<torch::Tensor>
        kernels; ///< Of convolutions with more than `fewest` inputs, outputs.
    std::vector<torch::Tensor> others;

    static constexpr std::int64_t fewest = 3; ///< An RGB or gray end is not much of a matrix.
};
ParameterGroups groupParameters(const torch::nn::Module& module);

} // namespace limpid::training
