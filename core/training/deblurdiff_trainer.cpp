// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/deblurdiff_trainer.h"

#include "core/networks/initialize_for_training.h"
#include "core/training/compact_restorers.h"
#include "core/training/deblurdiff_start.h"
#include "core/training/draw_batch.h"
#include "core/training/losses.h"
#include "core/training/mixed_precision.h"
#include "core/training/own_answers.h"

#include <algorithm>
#include <torch/utils.h>

namespace limpid::training {

namespace {

constexpr double kernelWeight = 1.0;
constexpr double kernelPictureWeight = 0.25;
constexpr double pictureWeight = 2.0;

/// Mean absolute difference per picture, [N].
torch::Tensor distance(const torch::Tensor& a, const torch::Tensor& b)
{
    return (a - b).abs().mean({1, 2, 3});
}

/// 1 for those of the first `count` pictures that have no say of noise, at α = 0; else 0. [count]
torch::Tensor regressed(const networks::CompactLevel& level, std::int64_t count)
{
    return (level.alpha.flatten().narrow(0, 0, count) == 0.0).to(torch::kFloat32);
}

/// errors, judged: [N], of the pictures of `part`.
Learner::StepReport judgedBy(const torch::Tensor& loss, const torch::Tensor& errors,
                             const Pair& part, const torch::Tensor& judged)
{
    return Learner::StepReport::of(loss, (errors * judged).sum(),
                                   (charbonnier(part.blurred, part.sharp) * judged).sum());
}

std::vector<torch::Tensor> lastLayers(networks::DeblurDiffModel& model)
{
    return {model->unet->lastLayer()->weight, model->kpn->unet->lastLayer()->weight};
}

void setLearning(torch::nn::Module& module, bool learns)
{
    for (auto& parameter : module.parameters())
        parameter.set_requires_grad(learns);
}

} // namespace

DeblurDiffTrainer::DeblurDiffTrainer(DeblurDiffOptions options, networks::DeblurDiffModel model,
                                     PhotoCache photos)
    : options_(std::move(options)), batches_(std::move(photos), options_), model_(std::move(model)),
      average_(model_->config()), levels_(model_->config()),
      optimization_(model_.ptr(), average_.ptr(), options_, lastLayers(model_))
{}

bool DeblurDiffTrainer::isPrior() const
{
    return !options_.kernelsAlone && stepsDone() < options_.priorSteps;
}

/// Says who learns. The ControlNet begins as a copy of what the U-Net has learned alone.
void DeblurDiffTrainer::enterPhase()
{
    const bool prior = isPrior();
    const bool kernelsAlone = options_.kernelsAlone;
    if (!kernelsAlone && options_.priorSteps > 0 && stepsDone() == options_.priorSteps)
        networks::copyEncoder(model_->unet, model_->controlnet);
    setLearning(*model_->unet, !kernelsAlone);
    setLearning(*model_->kpn, !prior);
    setLearning(*model_->controlnet, !prior && !kernelsAlone);
    setLearning(*model_->vae, false);
    const bool decoder = !prior && !kernelsAlone && stepsDone() >= options_.decoderFrom;
    setLearning(*model_->vae->decoder, decoder);
    setLearning(*model_->vae->postQuant, decoder);
    setLearning(*model_->vae->skips, decoder);
}

DeblurDiffTrainer::Latents DeblurDiffTrainer::encoded(const Pair& pair)
{
    const torch::NoGradGuard noGradients;
    const auto autocast = mixedPrecision(pair.sharp.device());
    const auto both = model_->vae->encodeMode(torch::cat({pair.sharp, pair.blurred}));
    const auto parts = both.to(torch::kFloat32).chunk(2);
    return {.sharp = parts[0], .blurred = parts[1]};
}

Learner::StepReport DeblurDiffTrainer::step()
{
    enterPhase();
    const Pair pair = batches_.at(stepsDone());
    const Latents latents = encoded(pair);
    if (isPrior())
        return priorStep(latents.sharp);
    return options_.kernelsAlone ? kernelStep(pair, latents) : jointStep(pair, latents);
}

/// The U-Net alone predicts −v; it is judged by ẑ₀ beside α·z_t.
Learner::StepReport DeblurDiffTrainer::priorStep(const torch::Tensor& sharp)
{
    const auto level =
        onDevice(levels_.draw(stepDice(options_, stepsDone()), sharp.size(0), 0.0), sharp.device());
    const auto noise = drawNoise(sharp.sizes(), options_, stepsDone());
    const auto seen = level.alpha * (level.alpha * sharp + level.sigma * noise);
    torch::Tensor clean;
    {
        const auto autocast = mixedPrecision(sharp.device());
        clean = seen + level.sigma * model_->unet(seen, level.t, torch::Tensor());
    }
    const auto errors = (clean - sharp).square().mean({1, 2, 3});
    const auto loss = (signalWeights(level) * errors).mean();
    optimization_.descend(loss);
    const auto unchanged = (seen - sharp).square().mean();
    return StepReport::of(loss, errors.mean(), unchanged);
}

/// An answer of its own says no more about the truth with little noise than with much.
torch::Tensor DeblurDiffTrainer::latentWeights(const networks::CompactLevel& level) const
{
    const auto weights = signalWeights(level);
    return options_.ownAnswers ? torch::ones_like(weights) : weights;
}

/// Both latents of the answer as pictures, one behind the other.
torch::Tensor DeblurDiffTrainer::decoded(const networks::CompactAnswer& answer,
                                         const torch::Tensor& blurred)
{
    const auto count = blurred.size(0);
    const auto latents =
        torch::cat({answer.clean.narrow(0, 0, count), answer.kernelLatent.narrow(0, 0, count)});
    auto skips = model_->vae->skipsOf(blurred);
    for (auto& skip : skips)
        skip = torch::cat({skip, skip});
    return model_->vae->decodeOnto(latents, torch::cat({blurred, blurred}), skips);
}

/// What will be noised.
torch::Tensor DeblurDiffTrainer::sampled(const Latents& latents, const torch::Tensor& alpha,
                                         const torch::Tensor& noise)
{
    if (!options_.ownAnswers)
        return latents.sharp;
    const auto autocast = mixedPrecision(latents.sharp.device());
    const auto first = [&](const torch::Tensor& some) {
        return oneStepLatent(average_, latents.blurred.index_select(0, some));
    };
    const auto next = [&](const torch::Tensor& some, const torch::Tensor& clean) {
        return secondStepLatent(average_, latents.blurred.index_select(0, some), clean,
                                noise.index_select(0, some));
    };
    return ownAnswersWhereNoised(latents.sharp, alpha, ownAnswerDice(options_, stepsDone()),
                                 {.first = first, .next = next});
}

/// What the networks see at this step.
DeblurDiffTrainer::Noised DeblurDiffTrainer::noised(const Latents& latents)
{
    const double share = stepsDone() < options_.mixFrom ? 1.0 : options_.regressorShare;
    const auto level =
        onDevice(levels_.draw(stepDice(options_, stepsDone()), options_.batch, share),
                 latents.sharp.device());
    const auto noise = drawNoise(latents.sharp.sizes(), options_, stepsDone());
    return {.level = level,
            .latent = level.alpha * sampled(latents, level.alpha, noise) + level.sigma * noise};
}

/// The pictures of a batch that are decoded.
Pair DeblurDiffTrainer::decodedPart(const Pair& pair) const
{
    const auto pictures = std::max<std::int64_t>(
        1, static_cast<std::int64_t>(options_.decodedShare * static_cast<double>(options_.batch)));
    return {.blurred = pair.blurred.narrow(0, 0, pictures),
            .sharp = pair.sharp.narrow(0, 0, pictures)};
}

Learner::StepReport DeblurDiffTrainer::jointStep(const Pair& pair, const Latents& latents)
{
    const auto [level, noisy] = noised(latents);
    const Pair part = decodedPart(pair);
    const auto pictures = part.sharp.size(0);

    networks::CompactAnswer answer;
    torch::Tensor decodedPair;
    {
        const auto autocast = mixedPrecision(pair.sharp.device());
        networks::StepNetworks networks{model_->unet, model_->kpn, model_->controlnet};
        answer = networks.predictClean(noisy, level, latents.blurred);
        decodedPair = decoded(answer, part.blurred);
    }
    const auto errors = charbonnier(decodedPair.narrow(0, 0, pictures), part.sharp);
    const auto kernelErrors = charbonnier(decodedPair.narrow(0, pictures, pictures), part.sharp);
    const auto cleanErrors = (answer.clean - latents.sharp).square().mean({1, 2, 3});
    const auto judged = regressed(level, pictures);
    const auto loss =
        (latentWeights(level) * cleanErrors).mean() +
        kernelWeight * distance(answer.kernelLatent, latents.sharp).mean() +
        pictureWeight * errors.mean() + kernelPictureWeight * kernelErrors.mean() +
        ((1.0 - judged) * sharpnessLoss(options_, decodedPair.narrow(0, 0, pictures), part.sharp))
            .mean();
    optimization_.descend(loss);

    return judgedBy(loss, errors, part, judged);
}

/// Wants the LKPN's latent and its picture to be right, whatever the noise.
Learner::StepReport DeblurDiffTrainer::kernelStep(const Pair& pair, const Latents& latents)
{
    const auto [level, noisy] = noised(latents);
    const Pair part = decodedPart(pair);

    torch::Tensor latent;
    torch::Tensor picture;
    {
        const auto autocast = mixedPrecision(pair.sharp.device());
        latent = model_->kpn(latents.blurred, level.alpha * noisy, level.t, torch::Tensor());
        picture = model_->vae->decodeOnto(latent.narrow(0, 0, part.sharp.size(0)), part.blurred,
                                          model_->vae->skipsOf(part.blurred));
    }
    const auto errors = charbonnier(picture, part.sharp);
    const auto loss =
        kernelWeight * distance(latent, latents.sharp).mean() + pictureWeight * errors.mean();
    optimization_.descend(loss);

    return judgedBy(loss, errors, part, regressed(level, errors.size(0)));
}

std::vector<NamedRestorer> DeblurDiffTrainer::restorers()
{
    return {{"LKPN image", onBlurred(kernelImage(average_))},
            {"one step", onBlurred(oneStep(average_))}};
}

Result<void> DeblurDiffTrainer::save(const std::filesystem::path& path)
{
    const auto scale = torch::tensor(model_->config().latentScale, torch::kFloat64);
    return optimization_.save(path, {{latentScaleKey, scale}});
}

Result<void> DeblurDiffTrainer::load(const std::filesystem::path& path)
{
    Optimization::Extras extras{{latentScaleKey, torch::Tensor()}};
    if (auto loaded = optimization_.load(path, &extras); !loaded)
        return loaded;
    const auto scale = extras.at(latentScaleKey).item<double>();
    model_->setLatentScale(scale);
    average_->setLatentScale(scale);
    return {};
}

} // namespace limpid::training
