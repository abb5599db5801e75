// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/deblurdiff_published.h"

#include "core/base/round_up.h"
#include "core/methods/byte_picture.h"
#include "core/methods/canvas.h"
#include "core/methods/deblurdiff_form.h"
#include "core/methods/deblurdiff_prompts.h"
#include "core/methods/deblurdiff_reference.h"
#include "core/methods/finite.h"
#include "core/methods/halo_tiles.h"
#include "core/methods/latent_projection.h"
#include "core/methods/tensor_image.h"

#include <algorithm>
#include <cmath>

namespace limpid::methods {

namespace {

using engine::FrameKind;

constexpr WindowRule publishedTiles{.tile = 512, .stride = 256};

torch::Tensor onCpu(const torch::Tensor& tensor)
{
    return tensor.to(torch::kCPU, torch::kFloat32);
}

/// The networks as the published pipeline wants them: float in and out, on the CPU.
ReferenceNetworks referenceNetworks(DeblurDiffNetworks& networks, const CancelToken& token)
{
    const auto moments = [&networks, token](const torch::Tensor& picture) {
        return onCpu(networks.autoencoder(token)->moments(picture.to(networks.device())));
    };
    const auto decode = [&networks, token](const torch::Tensor& latent) {
        return onCpu(networks.autoencoder(token)->decode(latent.to(networks.device())));
    };
    const auto predict = [&networks, token](const torch::Tensor& noisy, const torch::Tensor& t,
                                            const torch::Tensor& context,
                                            const torch::Tensor& blurred,
                                            const std::vector<double>& scales) {
        const auto where = torch::device(networks.device()).dtype(networks.stepType());
        const auto stop = [&token] {
            token.throwIfRequested();
        };
        const auto answer = networks.step(token).predict(
            noisy.to(where), t.to(networks.device()), context, blurred.to(where),
            {.controlScales = scales, .between = stop});
        return networks::DeblurDiffAnswer{finiteOnCpu(answer.eps, "the U-Net"),
                                          onCpu(answer.kernelLatent)};
    };
    const auto& config = networks.config();
    return {.moments = moments,
            .decode = decode,
            .predict = predict,
            .factor = static_cast<int>(config.autoencoder.factor()),
            .latentScale = config.latentScale};
}

/// A canvas inside the picture: the published program knows no mirrored border.
Canvas publishedCanvas(const RestorationJob& job)
{
    Canvas canvas = canvasFor(job, {.alignment = 8, .contextPixels = deblurDiffContext});
    const Rect whole = wholeOf(job.image.size());
    canvas.seen.width = std::min(canvas.seen.right(), whole.right()) - canvas.seen.x;
    canvas.seen.height = std::min(canvas.seen.bottom(), whole.bottom()) - canvas.seen.y;
    return canvas;
}

/// What the padded latent of an area covers.
Rect paddedArea(const Rect& seen)
{
    constexpr int multiple = 64;
    return {seen.x, seen.y, roundedUp(seen.width, multiple), roundedUp(seen.height, multiple)};
}

torch::Tensor bytesOf(const torch::Tensor& picture)
{
    const auto levels = ((picture * 0.5 + 0.5).clamp(0.0, 1.0) * 255.0).round();
    return levels.squeeze(0).permute({1, 2, 0}).to(torch::kUInt8).contiguous();
}

ReferenceOptions optionsOf(const RestorationJob& job, const Rect& seen)
{
    ReferenceOptions options{.steps = job.steps,
                             .cfgScale = job.parameters.at("text_guidance"),
                             .strength = job.parameters.at("control"),
                             .guidance = guidanceOf(job)};
    if (std::max(seen.width, seen.height) > publishedTiles.tile)
        options.tiles = publishedTiles;
    return options;
}

/// Frames of both latents; `area` is what the padded latent covers.
ReferenceObserver observerFor(engine::JobContext& context, LatentProjection projection,
                              const Rect& area, int steps)
{
    return [&context, projection = std::move(projection), area, steps](const ReferenceStep& step) {
        const int number = step.index + 1;
        const auto show = [&](const torch::Tensor& latent, FrameKind kind) {
            if (context.wantsPreview(kind))
                context.publish(toFrame(projection.toPicture(latent), area, kind, number));
        };
        show(step.kernelLatent, FrameKind::Kernel);
        show(step.clean, FrameKind::Predicted);
        context.stepDone(number, steps);
    };
}

/// Fitted to the corner of the picture that fills whole latent pixels.
LatentProjection projectionFor(const ReferenceNetworks& networks, const torch::Tensor& picture)
{
    constexpr std::int64_t largest = 256;
    const std::int64_t unit = networks.factor * std::int64_t{8};
    const auto side = [&](std::int64_t length) {
        return std::clamp(length / unit * unit, unit, largest);
    };
    const auto padded = zeroPadded(picture, static_cast<int>(unit));
    const auto part = padded.slice(2, 0, side(padded.size(2))).slice(3, 0, side(padded.size(3)));
    const auto mean = networks.moments(part).chunk(2, 1).front();
    return {mean * networks.latentScale, part};
}

} // namespace

GuidanceOptions guidanceOf(const RestorationJob& job)
{
    const auto choice = [&](const char* id) {
        return static_cast<int>(std::lround(job.parameters.at(id)));
    };
    return {.space = static_cast<GuidanceSpace>(choice("guidance_space")),
            .loss = static_cast<GuidanceLoss>(choice("guidance_loss")),
            .scale = job.parameters.at("restoration_guidance"),
            .repeat = choice("guidance_repeat")};
}

region::Patch restoreAsPublished(DeblurDiffNetworks& networks, const RestorationJob& job,
                                 engine::JobContext& context)
{
    const CancelToken& token = context.token();
    context.stage(engine::Stage::Preparing);
    const auto texts = promptCondition(networks, job, token);
    const Canvas canvas = publishedCanvas(job);
    const auto picture = toTensor(job.image, canvas.seen);
    const auto published = referenceNetworks(networks, token);
    auto projection = projectionFor(published, picture);

    context.stage(engine::Stage::Sampling);
    const DeblurDiffReference reference(published, alphaBarsOf(networks.config()),
                                        optionsOf(job, canvas.seen));
    const auto result = reference.restore(
        {.bytes = bytesOf(picture), .text = texts.context, .negativeText = texts.negativeContext},
        {.draws = positionDraws(job.seed),
         .token = token,
         .stepDone =
             observerFor(context, std::move(projection), paddedArea(canvas.seen), job.steps)});

    context.stage(engine::Stage::Finishing);
    const auto restored = pictureFromBytes(result.bytes) * 2.0 - 1.0;
    return {.area = canvas.result, .pixels = toImage(narrowed(restored, canvas.resultInSeen()))};
}

} // namespace limpid::methods
