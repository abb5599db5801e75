// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/contender.h"

#include "core/engine/job_context.h"
#include "core/engine/preview_mailbox.h"
#include "core/evaluation/classic_methods.h"
#include "core/inference/make_runner.h"
#include "core/methods/tensor_image.h"

#include <algorithm>

namespace limpid::evaluation {

namespace {

using Runner = std::shared_ptr<engine::JobRunner>;

class SilentSink : public engine::EventSink {
public:
    void onEvent(const engine::Event&) noexcept override {}
};

/// Through the same runner as the window and the command line.
Result<torch::Tensor> restored(engine::JobRunner& runner, engine::RestorationRequest request,
                               const Puzzle& puzzle)
{
    SilentSink sink;
    engine::PreviewMailbox mailbox(std::chrono::hours(1));
    engine::JobContext context(engine::JobId{1}, {}, sink, mailbox);
    request.image = methods::toImage(puzzle.blurred * 2.0 - 1.0);
    request.seed = puzzle.seed;
    const auto result = runner.run(request, context);
    if (!result)
        return tl::unexpected(result.error());
    const auto& pixels = result->patch.pixels;
    return methods::toTensor(pixels, wholeOf(pixels.size())) * 0.5 + 0.5;
}

std::optional<Contender> classicMethod(const std::string& name)
{
    if (name == "unsharp")
        return Contender{.name = name, .restore = [](const Puzzle& puzzle) {
                             return unsharpMask(puzzle.blurred, 1.5, 0.8);
                         }};
    if (name == "rl")
        return Contender{.name = name, .restore = [](const Puzzle& puzzle) {
                             return richardsonLucy(puzzle.blurred, puzzle.known->psf, 30);
                         }};
    if (name == "wiener")
        return Contender{.name = name, .restore = [](const Puzzle& puzzle) {
                             return wiener(puzzle.blurred, puzzle.known->psf,
                                           puzzle.known->noiseVariance);
                         }};
    return std::nullopt;
}

/// "msg:ID" → method and model.
engine::RestorationRequest requestOf(const std::string& name, const std::string& device)
{
    const auto colon = name.find(':');
    return {.image = {},
            .region = {},
            .method = name.substr(0, colon),
            .model = colon == std::string::npos ? "" : name.substr(colon + 1),
            .steps = 1,
            .seed = 1,
            .parameters = {},
            .device = device};
}

Result<engine::MethodSpec> specOf(const std::string& method)
{
    const auto specs = inference::methodSpecs();
    const auto found = std::find_if(specs.begin(), specs.end(),
                                    [&](const auto& spec) { return spec.id == method; });
    if (found != specs.end())
        return *found;
    std::string known = "unsharp, rl, wiener";
    for (const auto& spec : specs)
        known += ", " + spec.id;
    return fail(ErrorCode::InvalidRequest,
                "there is no method '" + method + "'; known are " + known);
}

/// One contender for each number of steps.
Result<void> addProgramMethod(const std::string& name, const ContenderOptions& options,
                              const Runner& runner, std::vector<Contender>& contenders)
{
    auto request = requestOf(name, options.device);
    const auto spec = specOf(request.method);
    if (!spec)
        return tl::unexpected(spec.error());
    for (const int steps :
         options.steps.empty() ? std::vector{spec->defaultSteps} : options.steps) {
        if (steps < spec->minSteps || steps > spec->maxSteps)
            return fail(ErrorCode::InvalidRequest, std::to_string(steps) + " steps: '" + spec->id +
                                                       "' takes " + std::to_string(spec->minSteps) +
                                                       " to " + std::to_string(spec->maxSteps));
        request.steps = steps;
        contenders.push_back(
            {.name = name + ", " + std::to_string(steps) + (steps == 1 ? " step" : " steps"),
             .drawsNoise = true,
             .restore = [runner, request](const Puzzle& puzzle) {
                 return restored(*runner, request, puzzle);
             }});
    }
    return {};
}

} // namespace

Result<std::vector<Contender>> contendersOf(const ContenderOptions& options)
{
    const Runner runner = inference::makeTorchRunner(
        {.modelsFolder = options.models, .userModels = options.userModels});
    std::vector<Contender> contenders;
    for (const auto& name : options.methods) {
        if ((name == "rl" || name == "wiener") && !options.kernelKnown)
            return fail(ErrorCode::InvalidRequest,
                        "'" + name + "' needs the kernel, which is known of synthetic blur only");
        if (auto classic = classicMethod(name))
            contenders.push_back(std::move(*classic));
        else if (const auto added = addProgramMethod(name, options, runner, contenders); !added)
            return tl::unexpected(added.error());
    }
    return contenders;
}

} // namespace limpid::evaluation
