// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/optimization.h"

#include "core/nn/memory_format.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <torch/serialize/archive.h>
#include <torch/utils.h>

namespace limpid::training {

namespace {

constexpr double largestGradient = 1.0; // norm over all weights

std::shared_ptr<torch::nn::Module> prepared(std::shared_ptr<torch::nn::Module> module,
                                            torch::Device device)
{
    module->to(device);
    nn::layOutChannelsLast(*module);
    return module;
}

/// Scales all gradients alike so that their norm is at most the largest.
void clip(const std::vector<torch::Tensor>& parameters)
{
    std::vector<torch::Tensor> gradients;
    for (const auto& parameter : parameters)
        if (parameter.grad().defined())
            gradients.push_back(parameter.grad());
    if (gradients.empty())
        return;
    const auto norm = torch::stack(torch::_foreach_norm(gradients)).norm();
    torch::_foreach_mul_(gradients, (largestGradient / (norm + 1e-6)).clamp_max(1.0));
}

/// The parameters by optimizer, where they will be when they are trained.
ParameterGroups grouped(const std::shared_ptr<torch::nn::Module>& model,
                        const LearningOptions& options,
                        const std::vector<torch::Tensor>& lastLayers)
{
    const auto& module = *prepared(model, torch::Device(options.device));
    if (!options.muon)
        return {.kernels = {}, .others = module.parameters()};
    auto groups = groupParameters(module);
    const auto last = std::stable_partition(
        groups.kernels.begin(), groups.kernels.end(), [&](const torch::Tensor& kernel) {
            return std::none_of(lastLayers.begin(), lastLayers.end(),
                                [&](const torch::Tensor& layer) { return layer.is_same(kernel); });
        });
    groups.others.insert(groups.others.end(), last, groups.kernels.end());
    groups.kernels.erase(last, groups.kernels.end());
    return groups;
}

/// LibTorch's own words, without the addresses of its frames.
std::string reason(const std::exception& error)
{
    const auto* const torchError = dynamic_cast<const c10::Error*>(&error);
    return torchError != nullptr ? torchError->what_without_backtrace() : error.what();
}

tl::unexpected<Error> unreadable(const std::exception& error, const std::filesystem::path& path)
{
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored))
        return fail(ErrorCode::FileNotFound,
                    "no training has left its state here; train first, or name the run's folder",
                    path);
    if (const auto* const failure = dynamic_cast<const Failure*>(&error))
        return fail(failure->error().code, failure->error().detail, path);
    const auto why = reason(error);
    if (why.starts_with("No such serialized")) // intact, but without the names of this network
        return fail(ErrorCode::ModelMismatch,
                    "the state is of another kind of network; name the folder of a run of this "
                    "command",
                    path);
    return fail(ErrorCode::DamagedFile, why, path);
}

template<class Part>
void readPart(torch::serialize::InputArchive& archive, const std::string& key, Part& part)
{
    torch::serialize::InputArchive inner;
    archive.read(key, inner);
    part.load(inner);
}

std::vector<std::vector<std::int64_t>> sizesOf(const torch::nn::Module& module)
{
    std::vector<std::vector<std::int64_t>> sizes;
    for (const auto& tensors : {module.parameters(), module.buffers()})
        for (const auto& tensor : tensors)
            sizes.push_back(tensor.sizes().vec());
    return sizes;
}

/// A module takes tensors of any size without a word. Failure: ModelMismatch.
void readModule(torch::serialize::InputArchive& archive, const std::string& key,
                torch::nn::Module& module)
{
    const auto wanted = sizesOf(module);
    readPart(archive, key, module);
    if (sizesOf(module) != wanted)
        throw Failure({.code = ErrorCode::ModelMismatch,
                       .detail = "the state is of another size of the network (see --size)",
                       .path = {}});
}

/// Those too large for their squares to be summed are beyond use as well.
bool isFinite(const torch::nn::Module& module)
{
    const torch::NoGradGuard noGradients;
    const auto norm = torch::stack(torch::_foreach_norm(module.parameters())).norm();
    return std::isfinite(norm.item<double>());
}

template<class Part>
void writePart(torch::serialize::OutputArchive& archive, const std::string& key, const Part& part)
{
    torch::serialize::OutputArchive inner;
    part.save(inner);
    archive.write(key, inner);
}

} // namespace

Optimization::Optimization(std::shared_ptr<torch::nn::Module> model,
                           std::shared_ptr<torch::nn::Module> average,
                           const LearningOptions& options,
                           const std::vector<torch::Tensor>& lastLayers)
    : Optimization(model, std::move(average), options, grouped(model, options, lastLayers))
{}

Optimization::Optimization(std::shared_ptr<torch::nn::Module> model,
                           std::shared_ptr<torch::nn::Module> average,
                           const LearningOptions& options, const ParameterGroups& groups)
    : options_(options), device_(options.device), model_(std::move(model)),
      average_(prepared(std::move(average), device_)), kernelOptimizer_(groups.kernels),
      optimizer_(groups.others, {.weightDecay = options_.weightDecay})
{
    for (auto& parameter : average_->parameters())
        parameter.set_requires_grad(false);
    restartAverage();
}

void Optimization::restartAverage()
{
    const torch::NoGradGuard noGradients;
    const auto from = model_->parameters();
    auto to = average_->parameters();
    for (std::size_t i = 0; i < to.size(); ++i)
        to[i].copy_(from[i]);
}

void Optimization::descend(const torch::Tensor& loss)
{
    model_->zero_grad();
    loss.backward();
    clip(model_->parameters());
    const double share = schedule();
    optimizer_.step(share * options_.learningRate);
    kernelOptimizer_.step(share * options_.kernelRate);
    ++stepsDone_;
    updateAverage();
}

/// Warm-up and cosine, as a share of the rates.
double Optimization::schedule() const
{
    const auto done = static_cast<double>(stepsDone_);
    const double progress = std::min(1.0, done / static_cast<double>(options_.totalSteps));
    const double warm = std::min(1.0, (done + 1.0) / static_cast<double>(options_.warmup));
    const double cosine = 0.5 * (1.0 + std::cos(std::numbers::pi * progress));
    return warm * std::lerp(options_.finalShare, 1.0, cosine);
}

/// The average follows faster at first, when the weights still change by much. What does not learn
/// stays as it is in the average, too.
void Optimization::updateAverage()
{
    const torch::NoGradGuard noGradients;
    const auto done = static_cast<double>(stepsDone_);
    const double decay = std::min(options_.emaDecay, (1.0 + done) / (10.0 + done));
    const auto from = model_->parameters();
    const auto to = average_->parameters();
    std::vector<torch::Tensor> learning;
    std::vector<torch::Tensor> averages;
    for (std::size_t i = 0; i < from.size(); ++i) {
        if (!from[i].requires_grad())
            continue;
        learning.push_back(from[i]);
        averages.push_back(to[i]);
    }
    torch::_foreach_lerp_(averages, learning, 1.0 - decay);
}

Result<void> Optimization::save(const std::filesystem::path& path, const Extras& extras)
{
    if (!isFinite(*model_))
        return fail(ErrorCode::InvalidRequest,
                    "the weights are no longer finite after step " + std::to_string(stepsDone_) +
                        ", they are not saved; lower --learning-rate or --kernel-rate",
                    path);
    try {
        torch::serialize::OutputArchive archive;
        writePart(archive, "model", *model_);
        writePart(archive, "average", *average_);
        writePart(archive, "optimizer", optimizer_);
        writePart(archive, "kernel_optimizer", kernelOptimizer_);
        archive.write("steps", torch::tensor(stepsDone_));
        for (const auto& [name, tensor] : extras)
            archive.write(name, tensor);
        const auto temporary = std::filesystem::path(path).concat(".part");
        archive.save_to(temporary.string());
        std::filesystem::rename(temporary, path);
        return {};
    } catch (const std::exception& error) {
        return fail(ErrorCode::FileUnwritable, reason(error), path);
    }
}

Result<void> Optimization::load(const std::filesystem::path& path, Extras* extras)
{
    try {
        torch::serialize::InputArchive archive;
        archive.load_from(path.string(), device_);
        torch::Tensor steps;
        archive.read("steps", steps);
        readModule(archive, "model", *model_);
        if (!isFinite(*model_))
            throw Failure({.code = ErrorCode::DamagedFile,
                           .detail = "the weights of this state are not finite; begin anew in "
                                     "another folder",
                           .path = {}});
        readModule(archive, "average", *average_);
        readPart(archive, "optimizer", optimizer_);
        readPart(archive, "kernel_optimizer", kernelOptimizer_);
        if (extras != nullptr)
            for (auto& [name, tensor] : *extras)
                archive.read(name, tensor);
        stepsDone_ = steps.item<std::int64_t>();
        return {};
    } catch (const std::exception& error) {
        return unreadable(error, path);
    }
}

Result<void> loadAverage(torch::nn::Module& module, const std::filesystem::path& path,
                         Optimization::Extras& extras)
{
    try {
        torch::serialize::InputArchive archive;
        archive.load_from(path.string(), torch::Device(torch::kCPU)); // wherever it was trained
        readModule(archive, "average", module);
        for (auto& [name, tensor] : extras)
            archive.try_read(name, tensor);
        return {};
    } catch (const std::exception& error) {
        return unreadable(error, path);
    }
}

} // namespace limpid::training
