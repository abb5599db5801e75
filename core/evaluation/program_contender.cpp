// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/program_contender.h"

#include "core/checkpoint/catalog.h"
#include "core/engine/job_context.h"
#include "core/engine/preview_mailbox.h"
#include "core/evaluation/classic_contender.h"
#include "core/inference/make_runner.h"
#include "core/region/blend.h"
#include "core/training/picture_file.h"

#include <algorithm>

namespace limpid::evaluation {

namespace {

class SilentSink : public engine::EventSink {
public:
    void onEvent(const engine::Event&) noexcept override {}
};

/// Restores as the command line does, and keeps the last patch for other strengths.
class Program {
public:
    explicit Program(std::shared_ptr<engine::JobRunner> runner) : runner_(std::move(runner)) {}

    Result<torch::Tensor> restore(engine::RestorationRequest request, const Puzzle& puzzle,
                                  float strength)
    {
        show(puzzle.blurred);
        request.image = photo_.image;
        request.seed = puzzle.seed;
        if (!patch_ || request != lastRequest_)
            if (const auto done = run(request); !done)
                return tl::unexpected(done.error());
        return training::pictureOf(
            region::compositeSamples(photo_, {{*patch_, nullptr}}, strength));
    }

private:
    /// The same tensor is the same photo, so that requests can be compared.
    void show(const torch::Tensor& picture)
    {
        if (picture_.is_same(picture))
            return;
        picture_ = picture;
        photo_ = training::photoOf(picture);
    }

    Result<void> run(const engine::RestorationRequest& request)
    {
        SilentSink sink;
        engine::PreviewMailbox mailbox(std::chrono::hours(1));
        engine::JobContext context(engine::JobId{1}, {}, sink, mailbox);
        patch_.reset();
        const auto result = runner_->run(request, context);
        if (!result)
            return tl::unexpected(result.error());
        patch_ = result->patch;
        lastRequest_ = request;
        return {};
    }

    std::shared_ptr<engine::JobRunner> runner_;
    torch::Tensor picture_;
    image::Photo photo_;
    engine::RestorationRequest lastRequest_;
    std::optional<region::Patch> patch_;
};

/// "msg:ID" → method and model.
engine::RestorationRequest requestOf(const std::string& name, const ContenderOptions& options)
{
    const auto colon = name.find(':');
    return {.image = {},
            .region = {},
            .method = name.substr(0, colon),
            .model = colon == std::string::npos ? "" : name.substr(colon + 1),
            .steps = 1,
            .seed = 1,
            .parameters = options.parameters,
            .device = options.device,
            .precision = options.precision};
}

Result<engine::MethodSpec> specOf(const std::string& method)
{
    const auto specs = inference::methodSpecs();
    const auto found = std::find_if(specs.begin(), specs.end(),
                                    [&](const auto& spec) { return spec.id == method; });
    if (found != specs.end())
        return *found;
    std::string known = "unsharp, rl, oracle-rl, oracle-wiener, gmic, rawtherapee";
    for (const auto& spec : specs)
        known += ", " + spec.id;
    return fail(ErrorCode::InvalidRequest,
                "there is no method '" + method + "'; known are " + known);
}

/// What was asked for, else what the model prefers, else the method.
std::vector<int> stepsOf(const ContenderOptions& options, const engine::RestorationRequest& request,
                         const engine::MethodSpec& spec)
{
    if (!options.steps.empty())
        return options.steps;
    return {checkpoint::preferredSteps({options.models, options.userModels}, request.method,
                                       request.model)
                .value_or(spec.defaultSteps)};
}

Result<void> check(const engine::MethodSpec& spec, int steps)
{
    if (steps >= spec.minSteps && steps <= spec.maxSteps)
        return {};
    return fail(ErrorCode::InvalidRequest, std::to_string(steps) + " steps: '" + spec.id +
                                               "' takes " + std::to_string(spec.minSteps) + " to " +
                                               std::to_string(spec.maxSteps));
}

std::string titleOf(const std::string& name, int steps, double strength)
{
    const auto title = name + ", " + std::to_string(steps) + (steps == 1 ? " step" : " steps");
    return strength < 1.0 ? title + ", strength " + shortNumber(strength) : title;
}

} // namespace

Result<std::vector<Contender>> programContenders(const std::string& name,
                                                 const ContenderOptions& options,
                                                 const std::shared_ptr<engine::JobRunner>& runner)
{
    auto request = requestOf(name, options);
    const auto spec = specOf(request.method);
    if (!spec)
        return tl::unexpected(spec.error());
    const auto program = std::make_shared<Program>(runner);
    std::vector<Contender> contenders;
    for (const int steps : stepsOf(options, request, *spec)) {
        if (const auto sound = check(*spec, steps); !sound)
            return tl::unexpected(sound.error());
        request.steps = steps;
        for (const double strength : options.strengths)
            contenders.push_back({.name = titleOf(name, steps, strength),
                                  .drawsNoise = true,
                                  .restore = [=](const Puzzle& puzzle) {
                                      return program->restore(request, puzzle,
                                                              static_cast<float>(strength));
                                  }});
    }
    return contenders;
}

} // namespace limpid::evaluation
