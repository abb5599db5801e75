// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/trainer.h"

#include "core/diffusion/noise_schedule.h"
#include "core/diffusion/timesteps.h"
#include "core/networks/gate_file.h"
#include "core/training/draw_batch.h"
#include "core/training/draw_levels.h"
#include "core/training/losses.h"
#include "core/training/mixed_precision.h"
#include "core/training/own_answers.h"

#include <torch/utils.h>

namespace limpid::training {

namespace {

constexpr double structureWeight = 0.5;
constexpr double spectrumWeight = 0.05;

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

Restorer oneStep(networks::MsgModel& model)
{
    return [&model](const torch::Tensor& blurred) {
        const auto level =
            torch::full({blurred.size(0)}, -diffusion::NoiseLevel::maxLogSnr, blurred.options());
        return answer(model, blurred, torch::zeros_like(blurred), level).clean;
    };
}

Trainer::Trainer(TrainOptions options, PhotoCache photos)
    : options_(std::move(options)), batches_(std::move(photos), options_),
      model_((torch::manual_seed(options_.seed), options_.network)), average_(options_.network),
      optimization_(model_.ptr(), average_.ptr(), options_)
{}

Result<void> Trainer::beginFrom(const std::filesystem::path& weights)
{
    const auto file = checkpoint::SafetensorsFile::open(weights);
    if (!file)
        return tl::unexpected(file.error());
    if (auto loaded = networks::loadBesideGate(*model_, *file, {}); !loaded)
        return loaded;
    optimization_.restartAverage();
    return {};
}

torch::Tensor Trainer::drawLogSnr() const
{
    const double share = stepsDone() < options_.mixFrom ? 1.0 : options_.regressorShare;
    std::vector<float> levels;
    for (const auto& level : drawLevels(stepDice(options_, stepsDone()), options_.batch, share))
        levels.push_back(static_cast<float>(level.logSnr()));
    return torch::tensor(levels).to(torch::Device(options_.device));
}

/// What will be noised.
torch::Tensor Trainer::sampled(const Pair& pair, const torch::Tensor& alpha,
                               const torch::Tensor& noise)
{
    if (!options_.ownAnswers)
        return pair.sharp;
    const auto autocast = mixedPrecision(pair.sharp.device());
    const auto first = [&](const torch::Tensor& some) {
        return oneStep(average_)(pair.blurred.index_select(0, some));
    };
    const auto next = [&](const torch::Tensor& some, const torch::Tensor& clean) {
        const auto level = diffusion::fewStepLevels(2).back();
        const auto noisy = level.alpha * clean + level.sigma * noise.index_select(0, some);
        const auto logSnr = torch::full({clean.size(0)}, level.logSnr(), clean.options());
        return answer(average_, pair.blurred.index_select(0, some), noisy, logSnr).clean;
    };
    return ownAnswersWhereNoised(pair.sharp, alpha, ownAnswerDice(options_, stepsDone()),
                                 {.first = first, .next = next});
}

Trainer::StepReport Trainer::step()
{
    const Pair pair = batches_.at(stepsDone());
    const auto logSnr = drawLogSnr();
    const auto noise = drawNoise(pair.sharp.sizes(), options_, stepsDone());
    const auto alpha = alphas(logSnr);
    const auto noisy =
        sampled(pair, alpha, noise) * alpha + noise * torch::sqrt(1.0 - alpha * alpha);

    MsgAnswer result;
    {
        const auto autocast = mixedPrecision(pair.sharp.device());
        result = answer(model_, pair.blurred, noisy, logSnr);
    }
    const auto regressor = (alpha.flatten() == 0.0).to(torch::kFloat32);
    const auto errors = charbonnier(result.clean, pair.sharp);
    const auto loss =
        errors.mean() + spectrumWeight * spectralL1(result.clean, pair.sharp).mean() +
        structureWeight * structureL1(result.structure, pair.sharp) +
        ((1.0 - regressor) * sharpnessLoss(options_, result.clean, pair.sharp)).mean();
    optimization_.descend(loss);

    const auto unchanged = charbonnier(pair.blurred, pair.sharp);
    return StepReport::of(loss, (errors * regressor).sum(), (unchanged * regressor).sum());
}

std::vector<NamedRestorer> Trainer::restorers()
{
    return {{"one step", onBlurred(oneStep(average_))}};
}

Result<void> Trainer::save(const std::filesystem::path& path)
{
    return optimization_.save(path);
}

Result<void> Trainer::load(const std::filesystem::path& path)
{
    return optimization_.load(path);
}

} // namespace limpid::training
