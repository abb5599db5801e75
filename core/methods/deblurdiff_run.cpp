// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/deblurdiff_run.h"

#include "core/diffusion/random.h"
#include "core/methods/color_fix.h"
#include "core/methods/deblurdiff_published.h"
#include "core/methods/deblurdiff_regression.h"
#include "core/methods/guided_denoiser.h"
#include "core/methods/halo_tiles.h"
#include "core/methods/tensor_image.h"

#include <algorithm>
#include <torch/utils.h>

namespace limpid::methods {

namespace {

using engine::FrameKind;

constexpr int overlapPixels = 128;
constexpr std::int64_t mostPulledPixels = 1024 * 1024;

/// What is made of a latent: the picture over the result's area.
struct Finish {
    Canvas canvas;
    torch::Tensor blurred; ///< [1, 3, H, W], −1…1, CPU.
    int tilePixels;
    bool lowBand;
    Safeguard safeguard;
};

/// Owns what it needs, because steps are decoded long after the run.
StepDecoder decoderFor(std::shared_ptr<DeblurDiffNetworks> networks, Finish finish)
{
    return [networks = std::move(networks), finish = std::move(finish)](
               const torch::Tensor& latent, const CancelToken& token) mutable {
        const torch::NoGradGuard noGrad;
        LatentCodec codec(networks->autoencoder(token), networks->device(), finish.tilePixels);
        auto picture = codec.decode(latent, finish.blurred, token);
        if (finish.lowBand)
            picture = matchLowBand(picture, finish.blurred, networks->device(), token);
        picture = finish.safeguard.shown(picture, finish.blurred, token);
        return narrowed(picture, finish.canvas.resultInSeen());
    };
}

/// Guidance by pictures decodes all that is seen in one piece, and with gradients.
void refuseTooMuchToPull(const RestorationJob& job, const Rect& seen)
{
    const auto guidance = guidanceOf(job);
    const bool decodes = guidance.scale != 0.0 && guidance.space == GuidanceSpace::Rgb;
    if (decodes && seen.size().area() > mostPulledPixels)
        throw Failure({.code = ErrorCode::InvalidRequest,
                       .detail = "'guidance_space' rgb is for at most 1 megapixel, surroundings "
                                 "included: choose a smaller region, or latent",
                       .path = {}});
}

/// Whether the job wants to see what the kernels make of the photograph, not the answer.
bool wantsKernelLatent(const RestorationJob& job)
{
    return job.parameters.at("result") != 0.0;
}

} // namespace

int alignmentOf(const networks::DeblurDiffConfig& config)
{
    const auto levels =
        std::max(config.unet.channelMultipliers.size(), config.kernel.channelMultipliers.size());
    const auto networks = static_cast<int>(config.autoencoder.factor() << (levels - 1));
    return std::max(networks, Safeguard::alignment());
}

DeblurDiffRun::DeblurDiffRun(std::shared_ptr<DeblurDiffNetworks> networks,
                             const RestorationJob& job, engine::JobContext& context,
                             const RunSettings& settings)
    : networks_(std::move(networks)), form_(formOf(networks_->config())), job_(job),
      context_(context), settings_(settings),
      factor_(static_cast<int>(networks_->config().autoencoder.factor())),
      canvas_(canvasFor(job, {.alignment = alignmentOf(networks_->config()),
                              .contextPixels = deblurDiffContext})),
      cells_{canvas_.seen.x / factor_, canvas_.seen.y / factor_, canvas_.seen.width / factor_,
             canvas_.seen.height / factor_}
{}

LatentCodec DeblurDiffRun::codec(const CancelToken& token) const
{
    return {networks_->autoencoder(token), networks_->device(), form_.tileSide(settings_)};
}

void DeblurDiffRun::prepare()
{
    refuseTooMuchToPull(job_, canvas_.seen);
    const CancelToken& token = context_.token();
    context_.expectWork(workOf(job_, canvas_.seen, networks_->gate(token)));
    condition_ = form_.condition(*networks_, job_, token);
    blurred_ = toTensor(job_.image, canvas_.seen);
    auto encoder = codec(token);
    startLatent_ = encoder.encode(blurred_, token);
    const auto shown = form_.shownToNetworks(blurred_);
    condition_.blurred = shown.is_same(blurred_) ? startLatent_ : encoder.encode(shown, token);
    projection_.emplace(startLatent_, blurred_);
    decode_ = decoderFor(networks_, {.canvas = canvas_,
                                     .blurred = blurred_,
                                     .tilePixels = form_.tileSide(settings_),
                                     .lowBand = job_.parameters.at("low_frequencies") != 0.0,
                                     .safeguard = safeguard()});
    if (settings_.decodeStepsWith)
        settings_.decodeStepsWith(decode_);
}

torch::Tensor DeblurDiffRun::sample()
{
    const CancelToken& token = context_.token();
    const int side = form_.tileSide(settings_);
    const auto network = form_.denoiser(*networks_, condition_, token);
    TiledDenoiser tiled(*network, cells_.size(),
                        {.tilePixels = side / factor_,
                         .overlapPixels = std::min(overlapPixels, side / 2) / factor_,
                         .multipleOf = alignmentOf(networks_->config()) / factor_},
                        token,
                        [this](double cells) { context_.worked(cells * factor_ * factor_); });
    const auto path = form_.path(networks_->config(), job_);
    GuidedDenoiser denoiser(tiled, {guidanceOf(job_), guidanceTarget()}, path,
                            form_.alphaBars(networks_->config()));
    torch::Tensor last;
    const auto observe = observer(static_cast<int>(path.size()));
    const auto fresh = noise();
    diffusion::sample(denoiser, *form_.sampler(job_), path,
                      diffusion::noised(startLatent_, fresh(-1), path.front().from),
                      {.token = token,
                       .noise = fresh,
                       .stepDone = [&](const auto& step, const auto& state,
                                       const diffusion::Prediction& prediction) {
                           last = wanted(prediction);
                           observe(step, state, prediction);
                       }});
    return last;
}

const torch::Tensor& DeblurDiffRun::wanted(const diffusion::Prediction& prediction) const
{
    return wantsKernelLatent(job_) ? prediction.kernel : prediction.clean;
}

region::Patch DeblurDiffRun::finish(const torch::Tensor& latent) const
{
    context_.checkpoint();
    return {.area = canvas_.result,
            .pixels =
                toImage(decode_(latent, context_.token()),
                        narrowed(blurred_, canvas_.resultInSeen()), job_.image, canvas_.result)};
}

/// In latents the target is the photograph's mode: a fresh sample of it would only add noise.
GuidanceTarget DeblurDiffRun::guidanceTarget() const
{
    return {.picture = blurred_,
            .latent = [this](int, int) { return startLatent_; },
            .decode =
                [this](const torch::Tensor& clean) {
                    context_.checkpoint();
                    auto network = networks_->autoencoder(context_.token());
                    const auto seen = blurred_.to(networks_->device());
                    return network
                        ->decodeOnto(clean.to(networks_->device()), seen, network->skipsOf(seen))
                        .to(torch::kCPU);
                }};
}

Safeguard DeblurDiffRun::safeguard() const
{
    const auto answer =
        wantsKernelLatent(job_) ? DeblurDiffAnswer::Kernel : DeblurDiffAnswer::Clean;
    return safeguardFor(job_, canvas_.seen, networks_->gate(context_.token()),
                        {.answer =
                             [&](const torch::Tensor& reduced) {
                                 return regressedBy(*networks_, reduced, answer, settings_);
                             },
                         .settings = settings_,
                         .token = context_.token(),
                         .worked =
                             [this](double pixels) {
                                 context_.worked(pixels);
                             }});
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
            settings_.recordStep(number, wanted(prediction));
        try {
            show(prediction, number, number == steps);
        } catch (const std::exception&) { // A preview that fails is not worth a run.
        }
        context_.stepDone(number, steps);
    };
}

void DeblurDiffRun::show(const diffusion::Prediction& prediction, int step, bool last) const
{
    const bool skips = networks_->config().autoencoder.skips;
    const CancelToken token = context_.token().withoutPauses(); // a pause is to show its picture
    if (last && skips && context_.wantsPreview(FrameKind::Kernel))
        context_.publish(toFrame(narrowed(codec(token).decode(prediction.kernel, blurred_, token),
                                          canvas_.resultInSeen()),
                                 canvas_.result, FrameKind::Kernel, step));
    else
        publish(prediction.kernel, FrameKind::Kernel, step);
    // A pause leaves time for the real picture, unless the autoencoder had to make room.
    if (context_.token().isPaused() && !networks_->takesTurns())
        context_.publish(toFrame(decode_(wanted(prediction), token), canvas_.result,
                                 FrameKind::Predicted, step));
    else
        publish(wanted(prediction), FrameKind::Predicted, step);
}

void DeblurDiffRun::publish(const torch::Tensor& latent, FrameKind kind, int step) const
{
    if (!context_.wantsPreview(kind))
        return;
    const auto where = resultCells(canvas_, factor_);
    context_.publish(toFrame(preview(latent, where), where.area, kind, step));
}

/// A decoder with skips draws on the photograph, so its preview shows the photograph and the change
/// of the latent; else the latent alone.
torch::Tensor DeblurDiffRun::preview(const torch::Tensor& latent, const CanvasCells& where) const
{
    const auto colors = projection_->toPicture(narrowed(latent, where.cells));
    if (!networks_->config().autoencoder.skips)
        return colors;
    const auto before = projection_->toPicture(narrowed(startLatent_, where.cells));
    const Rect inSeen = where.area.relativeTo(canvas_.seen.topLeft());
    return narrowed(blurred_, inSeen) +
           torch::upsample_bilinear2d(colors - before, {inSeen.height, inSeen.width}, false);
}

} // namespace limpid::methods
