// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/trainer.h"

#include "core/diffusion/noise_schedule.h"
#include "core/methods/autocast.h"
#include "core/networks/load_weights.h"
#include "core/nn/memory_format.h"
#include "core/training/losses.h"

#include <ATen/CPUGeneratorImpl.h>

#include <cmath>
#include <filesystem>
#include <numbers>

namespace limpid::training {

namespace {

constexpr std::uint64_t noiseStream = 0x6E6F697365; // keeps the process noise apart from the crops
constexpr double lowestLogSnr = -3.0;
constexpr double highestLogSnr = 7.0;
constexpr double structureWeight = 0.5;
constexpr double spectrumWeight = 0.05;

torch::optim::AdamWOptions adamW(const TrainOptions& options)
{
    return torch::optim::AdamWOptions(options.learningRate)
        .betas({0.9, 0.99})
        .weight_decay(options.weightDecay);
}

networks::MsgModel makeModel(const TrainOptions& options, const torch::Device& device)
{
    torch::manual_seed(options.seed);
    networks::MsgModel model(options.network);
    model->to(device);
    nn::layOutChannelsLast(*model);
    return model;
}

void copyParameters(const networks::MsgModel& from, networks::MsgModel& to)
{
    const torch::NoGradGuard noGradients;
    const auto source = from->parameters();
    auto target = to->parameters();
    for (std::size_t i = 0; i < target.size(); ++i)
        target[i].copy_(source[i]);
}

/// Those of AdamW: all but the kernels, or all.
std::vector<torch::Tensor> adamParameters(const networks::MsgModel& model, bool muon)
{
    return muon ? groupParameters(*model).others : model->parameters();
}

std::vector<torch::Tensor> muonKernels(const networks::MsgModel& model, bool muon)
{
    return muon ? groupParameters(*model).kernels : std::vector<torch::Tensor>{};
}

/// α per picture; exactly zero where the log-SNR is the lowest there is.
torch::Tensor alphas(const torch::Tensor& logSnr)
{
    const auto alpha = torch::sqrt(torch::sigmoid(logSnr));
    return torch::where(logSnr <= -diffusion::NoiseLevel::maxLogSnr, torch::zeros_like(alpha),
                        alpha)
        .view({-1, 1, 1, 1});
}

} // namespace

MsgAnswer answer(networks::MsgModel& model, const torch::Tensor& blurred,
                 const torch::Tensor& noisy, const torch::Tensor& logSnr)
{
    MsgAnswer result;
    result.structure = model->guidance(blurred);
    std::vector<torch::Tensor> features;
    for (const auto& scale : result.structure)
        features.push_back(scale.features);
    result.clean = model->unet(noisy * alphas(logSnr), blurred, logSnr, features);
    return result;
}

Trainer::Trainer(TrainOptions options, PhotoCache photos)
    : options_(std::move(options)), photos_(std::move(photos)), device_(options_.device),
      model_(makeModel(options_, device_)), average_(makeModel(options_, device_)),
      kernelOptimizer_(muonKernels(model_, options_.muon)),
      optimizer_(adamParameters(model_, options_.muon), adamW(options_))
{
    for (auto& parameter : average_->parameters())
        parameter.set_requires_grad(false);
}

Result<void> Trainer::beginFrom(const std::filesystem::path& weights)
{
    const auto file = checkpoint::SafetensorsFile::open(weights);
    if (!file)
        return tl::unexpected(file.error());
    if (const auto loaded = networks::loadWeights(*model_, *file, {}); !loaded)
        return tl::unexpected(loaded.error());
    copyParameters(model_, average_);
    return {};
}

Pair Trainer::drawBatch() const
{
    Dice dice(options_.seed, static_cast<std::uint64_t>(stepsDone_));
    std::vector<torch::Tensor> crops;
    std::vector<Degradation> degradations;
    for (std::int64_t i = 0; i < options_.batch; ++i) {
        crops.push_back(photos_.randomCrop(dice, options_.crop + 2 * psfRadius));
        degradations.push_back(drawDegradation(dice, options_.ranges));
    }
    return degrade(torch::stack(crops).to(device_), degradations);
}

torch::Tensor Trainer::drawLogSnr(std::int64_t count) const
{
    Dice dice(options_.seed ^ noiseStream, static_cast<std::uint64_t>(stepsDone_));
    std::vector<float> levels;
    for (std::int64_t i = 0; i < count; ++i) {
        const bool regressor =
            stepsDone_ < options_.mixFrom || dice.chance(options_.regressorShare);
        levels.push_back(static_cast<float>(regressor ? -diffusion::NoiseLevel::maxLogSnr
                                                      : dice.uniform(lowestLogSnr, highestLogSnr)));
    }
    return torch::tensor(levels);
}

Trainer::StepReport Trainer::step()
{
    const Pair pair = drawBatch();
    const auto logSnr = drawLogSnr(options_.batch).to(device_);
    auto generator = at::detail::createCPUGenerator(options_.seed * 0x9E3779B97F4A7C15ULL +
                                                    static_cast<std::uint64_t>(stepsDone_));
    const auto noise = torch::randn(pair.sharp.sizes(), generator).to(device_);
    const auto alpha = alphas(logSnr);
    const auto noisy = pair.sharp * alpha + noise * torch::sqrt(1.0 - alpha * alpha);

    MsgAnswer result;
    {
        const methods::Bf16Autocast autocast(device_.type(), true);
        result = answer(model_, pair.blurred, noisy, logSnr);
    }
    const auto errors = charbonnier(result.clean, pair.sharp);
    const auto loss = errors.mean() + spectrumWeight * spectralL1(result.clean, pair.sharp).mean() +
                      structureWeight * structureL1(result.structure, pair.sharp);
    optimizer_.zero_grad();
    kernelOptimizer_.zeroGradients();
    loss.backward();
    stepOptimizers();
    ++stepsDone_;
    updateAverage();

    const auto regressor = (logSnr <= -diffusion::NoiseLevel::maxLogSnr).to(torch::kFloat32);
    const auto unchanged = (charbonnier(pair.blurred, pair.sharp) * regressor).sum();
    return {loss.item<double>(),
            ((errors.detach() * regressor).sum() / unchanged.clamp_min(1e-6)).item<double>()};
}

double Trainer::schedule() const
{
    const double progress =
        std::min(1.0, static_cast<double>(stepsDone_) / static_cast<double>(options_.totalSteps));
    const double warm =
        std::min(1.0, static_cast<double>(stepsDone_ + 1) / static_cast<double>(options_.warmup));
    const double cosine = 0.5 * (1.0 + std::cos(std::numbers::pi * progress));
    return warm * std::lerp(options_.finalShare, 1.0, cosine);
}

void Trainer::stepOptimizers()
{
    torch::nn::utils::clip_grad_norm_(model_->parameters(), 1.0);
    const double share = schedule();
    for (auto& group : optimizer_.param_groups())
        group.options().set_lr(share * options_.learningRate);
    optimizer_.step();
    kernelOptimizer_.step(share * options_.kernelRate);
}

/// The average follows faster at first, when the weights still change by much.
void Trainer::updateAverage()
{
    const torch::NoGradGuard noGradients;
    const double decay =
        std::min(options_.emaDecay, static_cast<double>(1 + stepsDone_) / (10.0 + stepsDone_));
    const auto from = model_->parameters();
    auto to = average_->parameters();
    for (std::size_t i = 0; i < to.size(); ++i)
        to[i].lerp_(from[i], 1.0 - decay);
}

Result<void> Trainer::save(const std::filesystem::path& path)
{
    try {
        torch::serialize::OutputArchive archive;
        torch::serialize::OutputArchive model;
        torch::serialize::OutputArchive average;
        torch::serialize::OutputArchive optimizer;
        model_->save(model);
        average_->save(average);
        optimizer_.save(optimizer);
        torch::serialize::OutputArchive kernelOptimizer;
        kernelOptimizer_.save(kernelOptimizer);
        archive.write("model", model);
        archive.write("average", average);
        archive.write("optimizer", optimizer);
        archive.write("kernel_optimizer", kernelOptimizer);
        archive.write("steps", torch::tensor(stepsDone_));
        const auto temporary = std::filesystem::path(path).concat(".part");
        archive.save_to(temporary.string());
        std::filesystem::rename(temporary, path);
        return {};
    } catch (const std::exception& error) {
        return fail(ErrorCode::FileUnwritable, error.what(), path);
    }
}

Result<void> Trainer::load(const std::filesystem::path& path)
{
    try {
        torch::serialize::InputArchive archive;
        archive.load_from(path.string(), device_);
        torch::serialize::InputArchive model;
        torch::serialize::InputArchive average;
        torch::serialize::InputArchive optimizer;
        torch::Tensor steps;
        archive.read("model", model);
        archive.read("average", average);
        archive.read("optimizer", optimizer);
        torch::serialize::InputArchive kernelOptimizer;
        archive.read("kernel_optimizer", kernelOptimizer);
        archive.read("steps", steps);
        model_->load(model);
        average_->load(average);
        optimizer_.load(optimizer);
        kernelOptimizer_.load(kernelOptimizer);
        stepsDone_ = steps.item<std::int64_t>();
        return {};
    } catch (const std::exception& error) {
        return fail(ErrorCode::DamagedFile, error.what(), path);
    }
}

} // namespace limpid::training
