// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/autoencoder_trainer.h"

#include "core/networks/initialize_for_training.h"
#include "core/training/draw_batch.h"
#include "core/training/losses.h"
#include "core/training/mixed_precision.h"

#include <torch/utils.h>

namespace limpid::training {

namespace {

constexpr double spectrumWeight = 0.05;
constexpr double divergenceWeight = 1e-6;
constexpr std::int64_t scalePictures = 64;
constexpr std::int64_t scaleSide = 128;

networks::AutoencoderKl untrained(const AutoencoderOptions& options)
{
    torch::manual_seed(options.seed);
    networks::AutoencoderKl autoencoder(options.network, /*latentScale=*/1.0);
    networks::zeroOutputLayers(autoencoder);
    return autoencoder;
}

/// Mean Kullback–Leibler divergence from the standard normal distribution.
torch::Tensor divergence(const nn::DiagonalGaussian& latent)
{
    return 0.5 * (latent.mean.square() + latent.logVariance.exp() - 1.0 - latent.logVariance)
                     .to(torch::kFloat32)
                     .mean();
}

torch::Tensor column(const std::vector<float>& values, const LearningOptions& options)
{
    return torch::tensor(values).view({-1, 1, 1, 1}).to(torch::Device(options.device));
}

std::vector<torch::Tensor> times(std::vector<torch::Tensor> features, const torch::Tensor& factor)
{
    for (auto& feature : features)
        feature = feature * factor.to(feature.scalar_type());
    return features;
}

/// Decodes the latent of `source` onto `blurred`.
torch::Tensor recoded(networks::AutoencoderKl& autoencoder, const torch::Tensor& source,
                      const torch::Tensor& blurred)
{
    const auto autocast = mixedPrecision(source.device());
    const auto latent = autoencoder->encodeMode(source);
    return autoencoder->decodeOnto(latent, blurred, autoencoder->skipsOf(blurred));
}

torch::Tensor recodedAlone(networks::AutoencoderKl& autoencoder, const torch::Tensor& source)
{
    const auto autocast = mixedPrecision(source.device());
    return autoencoder->decode(autoencoder->encodeMode(source));
}

} // namespace

AutoencoderTrainer::AutoencoderTrainer(AutoencoderOptions options, PhotoCache photos)
    : options_(std::move(options)), batches_(std::move(photos), options_),
      model_(untrained(options_)), average_(options_.network, /*latentScale=*/1.0),
      optimization_(model_.ptr(), average_.ptr(), options_)
{}

AutoencoderTrainer::Roles AutoencoderTrainer::drawRoles() const
{
    auto dice = stepDice(options_, stepsDone());
    std::vector<float> blurredLatent;
    std::vector<float> onPicture;
    std::vector<float> noise;
    for (std::int64_t i = 0; i < options_.batch; ++i) {
        const double role = dice.uniform(0.0, 1.0);
        blurredLatent.push_back(role < options_.unchangedShare ? 1.0F : 0.0F);
        onPicture.push_back(role < 1.0 - options_.aloneShare ? 1.0F : 0.0F);
        noise.push_back(static_cast<float>(dice.uniform(options_.leastNoise, options_.mostNoise)));
    }
    return {.blurredLatent = column(blurredLatent, options_),
            .onPicture = column(onPicture, options_),
            .noise = column(noise, options_)};
}

AutoencoderTrainer::StepReport AutoencoderTrainer::step()
{
    const Pair pair = batches_.at(stepsDone());
    const Roles roles = drawRoles();
    const auto wanted = torch::lerp(pair.sharp, pair.blurred, roles.blurredLatent);
    const auto base = pair.blurred * roles.onPicture;

    torch::Tensor decoded;
    nn::DiagonalGaussian latent;
    {
        const auto autocast = mixedPrecision(wanted.device());
        latent = model_->encode(wanted);
        const auto spread = latent.mean.detach().std() * roles.noise;
        const auto noise = drawNoise(latent.mean.sizes(), options_, stepsDone());
        const auto skips = times(model_->skipsOf(pair.blurred), roles.onPicture);
        decoded = model_->decodeOnto(latent.mean + spread * noise, base, skips);
    }
    const auto errors = charbonnier(decoded, wanted);
    const auto loss = errors.mean() + spectrumWeight * spectralL1(decoded, wanted).mean() +
                      divergenceWeight * divergence(latent);
    optimization_.descend(loss);

    const auto judged = (roles.onPicture * (1.0 - roles.blurredLatent)).flatten();
    const auto unchanged = charbonnier(pair.blurred, pair.sharp);
    return StepReport::of(loss, (errors * judged).sum(), (unchanged * judged).sum());
}

std::vector<NamedRestorer> AutoencoderTrainer::restorers()
{
    return {{"sharp latent onto the blurred picture",
             [this](const Pair& pair) {
                 return recoded(average_, pair.sharp, pair.blurred);
             }},
            {"sharp latent alone",
             [this](const Pair& pair) {
                 return recodedAlone(average_, pair.sharp);
             }},
            {"unchanged latent", [this](const Pair& pair) {
                 return recoded(average_, pair.blurred, pair.blurred);
             }}};
}

Result<void> AutoencoderTrainer::save(const std::filesystem::path& path)
{
    return optimization_.save(path);
}

Result<void> AutoencoderTrainer::load(const std::filesystem::path& path)
{
    return optimization_.load(path);
}

double measureLatentScale(networks::AutoencoderKl& autoencoder, const PhotoCache& photos)
{
    constexpr std::uint64_t seed = 7;
    const torch::NoGradGuard noGradients;
    Dice dice(seed, 0);
    std::vector<torch::Tensor> latents;
    for (std::int64_t i = 0; i < scalePictures; ++i) {
        const auto crop = asUnit(photos.randomCrop(dice, scaleSide)).unsqueeze(0) * 2.0 - 1.0;
        const auto device = autoencoder->quant->weight.device();
        latents.push_back(autoencoder->encode(crop.to(device)).mean);
    }
    return 1.0 / torch::cat(latents).std().item<double>();
}

} // namespace limpid::training
