// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/msg.h"

#include "core/diffusion/ddim_sampler.h"
#include "core/diffusion/ddpm_sampler.h"
#include "core/diffusion/random.h"
#include "core/diffusion/sampling_loop.h"
#include "core/diffusion/timesteps.h"
#include "core/methods/canvas.h"
#include "core/methods/halo_tiles.h"
#include "core/methods/msg_denoiser.h"
#include "core/methods/safeguard.h"
#include "core/methods/tensor_image.h"
#include "core/nn/memory_format.h"

#include <algorithm>
#include <torch/utils.h>

namespace limpid::methods {

namespace {

using engine::FrameKind;

constexpr int overlapPixels = 96;

void publishStructure(const Structure& structure, const Canvas& canvas, engine::JobContext& context)
{
    if (!context.wantsPreview(FrameKind::Guidance))
        return;
    const int scale = static_cast<int>(structure.grayScale);
    const auto [cells, area] = resultCells(canvas, scale);
    context.publish(toFrame(narrowed(structure.gray, cells), area, FrameKind::Guidance, 0));
}

/// How a model of either form is sampled.
struct Plan {
    std::unique_ptr<diffusion::Sampler> sampler;
    std::vector<diffusion::Step> steps;
};

Plan planFor(const networks::IcdpmUnetConfig& config, int steps, double eta)
{
    if (config.output == networks::NetworkOutput::Epsilon) {
        constexpr int timesteps = 2000; // T and β of the paper
        const auto table = diffusion::linearAlphaBars(1e-6, 1e-2, timesteps);
        const auto chosen = diffusion::spacedTimesteps(timesteps, steps);
        return {std::make_unique<diffusion::DdpmSampler>(1.0),
                diffusion::stepsThrough(diffusion::levelsAt(table, chosen))};
    }
    return {std::make_unique<diffusion::DdimSampler>(eta),
            diffusion::stepsThrough(diffusion::fewStepLevels(steps))};
}

diffusion::NoiseSource noiseOver(const Rect& area, std::uint64_t seed)
{
    return [area, seed](int step) {
        return diffusion::positionNoise({.seed = seed, .step = step}, area, 3);
    };
}

/// The state the first step begins with. At α = 0 a single step never looks at it.
torch::Tensor startOf(const Plan& plan, const torch::Tensor& blurred,
                      const diffusion::NoiseSource& noise)
{
    const bool ignored = plan.steps.size() == 1 && plan.steps.front().from.alpha <= 0.0;
    return ignored ? torch::zeros({1}).expand_as(blurred) : noise(-1);
}

/// What is told of each step: its number and the whole picture that is shown of it.
using PictureObserver = std::function<void(int step, const torch::Tensor& picture)>;

PictureObserver observerFor(engine::JobContext& context, const RunSettings& settings,
                            const Canvas& canvas, int steps)
{
    return [&context, &settings, canvas, steps](int number, const torch::Tensor& picture) {
        const auto clean = narrowed(picture, canvas.resultInSeen());
        if (settings.recordStep)
            settings.recordStep(number, clean);
        if (context.wantsPreview(FrameKind::Predicted))
            context.publish(toFrame(clean, canvas.result, FrameKind::Predicted, number));
        context.stepDone(number, steps);
    };
}

} // namespace

Msg::Msg(networks::MsgModel model, networks::SharpnessGate gate)
    : model_(std::move(model)), gate_(std::move(gate))
{
    model_->eval();
}

region::Patch Msg::restore(const RestorationJob& job, engine::JobContext& context,
                           const RunSettings& settings)
{
    const torch::NoGradGuard noGrad;
    context.stage(engine::Stage::Preparing);
    const int alignment =
        std::max(static_cast<int>(model_->unet->alignment()), Safeguard::alignment());
    const Canvas canvas = canvasFor(job, {.alignment = alignment});
    const WorkReport worked = [&context](double pixels) {
        context.worked(pixels);
    };
    context.expectWork(workOf(job, canvas.seen, gate_));
    const auto blurred = toTensor(job.image, canvas.seen);
    const Structure structure = findStructure(model_, blurred, settings, context.token());
    publishStructure(structure, canvas, context);
    Safeguard safeguard = safeguardFor(
        job, canvas.seen, gate_,
        {.answer = [&](const torch::Tensor& reduced) { return regress(reduced, settings); },
         .settings = settings,
         .token = context.token(),
         .worked = worked});

    context.stage(engine::Stage::Sampling);
    MsgTileDenoiser network(model_, blurred, structure, settings);
    TiledDenoiser tiled(network, canvas.seen.size(),
                        {.tilePixels = settings.tilePixels,
                         .overlapPixels = overlapPixels,
                         .multipleOf = alignment},
                        context.token(), worked);
    AnchoredDenoiser denoiser(tiled, blurred, job.parameters.at("low_frequencies") != 0.0,
                              settings.device, context.token());
    const Plan plan = planFor(model_->unet->config(), job.steps, job.parameters.at("noise"));
    const auto noise = noiseOver(canvas.seen, job.seed);
    const auto observe =
        observerFor(context, settings, canvas, static_cast<int>(plan.steps.size()));
    torch::Tensor shown;
    diffusion::sample(denoiser, *plan.sampler, plan.steps, startOf(plan, blurred, noise),
                      {.token = context.token(),
                       .noise = noise,
                       .stepDone = [&](const diffusion::Step& step, const torch::Tensor&,
                                       const diffusion::Prediction& prediction) {
                           shown = safeguard.shown(prediction.clean, blurred, context.token());
                           observe(step.index + 1, shown);
                       }});

    context.stage(engine::Stage::Finishing);
    const Rect part = canvas.resultInSeen();
    return {.area = canvas.result,
            .pixels =
                toImage(narrowed(shown, part), narrowed(blurred, part), job.image, canvas.result)};
}

torch::Tensor Msg::regress(const torch::Tensor& blurred, const RunSettings& settings)
{
    const torch::NoGradGuard noGrad;
    const Structure structure = findStructure(model_, blurred, settings, {});
    MsgTileDenoiser network(model_, blurred, structure, settings);
    const Plan plan = planFor(model_->unet->config(), 1, 0.0);
    return network
        .predictTile(torch::zeros_like(blurred), plan.steps.front().from, wholeOf(sizeOf(blurred)))
        .clean;
}

void Msg::moveTo(const torch::Device& device)
{
    model_->to(device);
    nn::layOutChannelsLast(*model_);
    if (gate_)
        gate_->to(device);
}

} // namespace limpid::methods
