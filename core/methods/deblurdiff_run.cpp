// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/deblurdiff_run.h"

#include "core/diffusion/random.h"
#include "core/diffusion/sampler_kind.h"
#include "core/diffusion/timesteps.h"
#include "core/methods/color_fix.h"
#include "core/methods/deblurdiff_prompts.h"
#include "core/methods/deblurdiff_published.h"
#include "core/methods/guided_denoiser.h"
#include "core/methods/halo_tiles.h"
#include "core/methods/latent_codec.h"
#include "core/methods/tensor_image.h"

#include <algorithm>
#include <cmath>

namespace limpid::methods {

namespace {

using engine::FrameKind;

constexpr int contextPixels = 128;
constexpr int overlapPixels = 128;
constexpr int trainedPixels = 512; // side of the pictures that the published networks were made on

int tileSide(const RunSettings& settings)
{
    return std::min(settings.tilePixels, trainedPixels);
}

LatentCodec codecOf(DeblurDiffNetworks& networks, int tilePixels, const CancelToken& token)
{
    return {networks.autoencoder(token), networks.device(), tilePixels};
}

/// Owns what it needs, because steps are decoded long after the run.
StepDecoder decoderFor(std::shared_ptr<DeblurDiffNetworks> networks, torch::Tensor blurred,
                       const Canvas& canvas, int tilePixels, bool lowBand)
{
    return [=, networks = std::move(networks),
            blurred = std::move(blurred)](const torch::Tensor& latent) {
        const torch::NoGradGuard noGrad;
        auto picture = codecOf(*networks, tilePixels, {}).decode(latent, {});
        if (lowBand)
            picture = matchLowBand(picture, blurred);
        return narrowed(picture, canvas.resultInSeen());
    };
}

diffusion::SamplerKind samplerKindOf(const RestorationJob& job)
{
    return static_cast<diffusion::SamplerKind>(std::lround(job.parameters.at("sampler")));
}

/// Multistep solvers extrapolate over the step before, so their steps must be alike in log-SNR.
bool isMultistep(diffusion::SamplerKind kind)
{
    using diffusion::SamplerKind;
    return kind == SamplerKind::DpmPp2M || kind == SamplerKind::DpmPp2MSde ||
           kind == SamplerKind::UniPc;
}

std::unique_ptr<diffusion::Sampler> samplerOf(const RestorationJob& job)
{
    return diffusion::makeSampler(samplerKindOf(job), {.eta = job.parameters.at("noise")});
}

} // namespace

int alignmentOf(const networks::DeblurDiffConfig& config)
{
    const auto levels =
        std::max(config.unet.channelMultipliers.size(), config.kernel.channelMultipliers.size());
    return static_cast<int>(config.autoencoder.factor() << (levels - 1));
}

std::vector<diffusion::Step> pathOf(const networks::DeblurDiffConfig& config,
                                    const RestorationJob& job)
{
    const double last = static_cast<double>(config.timesteps - 1);
    const int start = static_cast<int>(std::lround(job.parameters.at("start") * last));
    const int end = std::max(1, start / job.steps);
    const auto table = alphaBarsOf(config);
    const auto timesteps = isMultistep(samplerKindOf(job))
                               ? diffusion::logSnrTimestepsBetween(table, start, end, job.steps)
                               : diffusion::timestepsBetween(start, end, job.steps);
    return diffusion::stepsThrough(diffusion::levelsAt(table, timesteps));
}

DeblurDiffRun::DeblurDiffRun(std::shared_ptr<DeblurDiffNetworks> networks,
                             const RestorationJob& job, engine::JobContext& context,
                             const RunSettings& settings)
    : networks_(std::move(networks)), job_(job), context_(context), settings_(settings),
      factor_(static_cast<int>(networks_->config().autoencoder.factor())),
      canvas_(canvasFor(
          job, {.alignment = alignmentOf(networks_->config()), .contextPixels = contextPixels})),
      cells_{canvas_.seen.x / factor_, canvas_.seen.y / factor_, canvas_.seen.width / factor_,
             canvas_.seen.height / factor_}
{}

void DeblurDiffRun::prepare()
{
    const CancelToken& token = context_.token();
    condition_ = promptCondition(*networks_, job_, token);
    blurred_ = toTensor(job_.image, canvas_.seen);
    auto codec = codecOf(*networks_, tileSide(settings_), token);
    condition_.blurred = codec.encode(blurred_ * 0.5 + 0.5, token); // 0…1, as in training
    startLatent_ = codec.encode(blurred_, token);
    projection_.emplace(startLatent_, blurred_);
    decode_ = decoderFor(networks_, blurred_, canvas_, tileSide(settings_),
                         job_.parameters.at("low_frequencies") != 0.0);
    if (settings_.decodeStepsWith)
        settings_.decodeStepsWith(decode_);
}

torch::Tensor DeblurDiffRun::sample()
{
    const CancelToken& token = context_.token();
    DeblurDiffTileDenoiser network(*networks_, condition_, token);
    TiledDenoiser tiled(
        network, cells_.size(),
        {.tilePixels = tileSide(settings_) / factor_,
         .overlapPixels = std::min(overlapPixels, tileSide(settings_) / 2) / factor_,
         .multipleOf = alignmentOf(networks_->config()) / factor_},
        token);
    const auto path = pathOf(networks_->config(), job_);
    GuidedDenoiser denoiser(tiled, {guidanceOf(job_), guidanceTarget()}, path,
                            alphaBarsOf(networks_->config()));
    const auto fresh = noise();
    return diffusion::sample(
        denoiser, *samplerOf(job_), path,
        diffusion::noised(startLatent_, fresh(-1), path.front().from),
        {.token = token, .noise = fresh, .stepDone = observer(static_cast<int>(path.size()))});
}

region::Patch DeblurDiffRun::finish(const torch::Tensor& latent) const
{
    context_.checkpoint();
    return {.area = canvas_.result, .pixels = toImage(decode_(latent))};
}

/// In latents the target is the photograph's mode: a fresh sample of it would only add noise.
GuidanceTarget DeblurDiffRun::guidanceTarget() const
{
    return {.picture = blurred_,
            .latent = [this](int, int) { return startLatent_; },
            .decode =
                [this](const torch::Tensor& clean) {
                    context_.checkpoint();
                    return networks_->autoencoder(context_.token())
                        ->decode(clean.to(networks_->device()))
                        .to(torch::kCPU);
                }};
}

diffusion::NoiseSource DeblurDiffRun::noise() const
{
    return [cells = cells_, seed = job_.seed,
            channels = static_cast<int>(startLatent_.size(1))](int step) {
        return diffusion::positionNoise({.seed = seed, .step = step}, cells, channels);
    };
}

diffusion::StepObserver DeblurDiffRun::observer(int steps) const
{
    return [this, steps](const diffusion::Step& step, const torch::Tensor&,
                         const diffusion::Prediction& prediction) {
        const int number = step.index + 1;
        if (settings_.recordStep)
            settings_.recordStep(number, prediction.clean);
        try {
            show(prediction, number);
        } catch (const std::exception&) { // A preview that fails is not worth a run.
        }
        context_.stepDone(number, steps);
    };
}

void DeblurDiffRun::show(const diffusion::Prediction& prediction, int step) const
{
    publish(prediction.kernel, FrameKind::Kernel, step);
    // A pause leaves time for the real picture, unless the autoencoder had to make room.
    if (context_.token().isPaused() && !networks_->takesTurns())
        context_.publish(
            toFrame(decode_(prediction.clean), canvas_.result, FrameKind::Predicted, step));
    else
        publish(prediction.clean, FrameKind::Predicted, step);
}

void DeblurDiffRun::publish(const torch::Tensor& latent, FrameKind kind, int step) const
{
    if (!context_.wantsPreview(kind))
        return;
    const auto [cells, area] = resultCells(canvas_, factor_);
    context_.publish(toFrame(projection_->toPicture(narrowed(latent, cells)), area, kind, step));
}

} // namespace limpid::methods
