// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/torch_runner.h"

#include "core/inference/torch_errors.h"
#include "core/nn/bf16_support.h"
#include "core/nn/cuda_library.h"

#include <algorithm>
#include <chrono>
#include <torch/utils.h>

namespace limpid::inference {

namespace {

using engine::Degradation;
using engine::RestorationRequest;
using engine::RestorationResult;

/// What can be refused before a model is loaded.
Result<methods::RestorationJob> checked(const RestorationRequest& request,
                                        const engine::MethodSpec& spec)
{
    if (request.image.isEmpty())
        return fail(ErrorCode::InvalidRequest, "the picture is empty");
    auto parameters = methods::completeParameters(spec, request.steps, request.parameters);
    if (!parameters)
        return tl::unexpected(parameters.error());
    methods::RestorationJob job{.image = request.image,
                                .region = {},
                                .steps = request.steps,
                                .seed = request.seed,
                                .parameters = std::move(*parameters),
                                .texts = request.texts};
    if (!request.region)
        return job;
    const auto clipped = region::clipped(*request.region, request.image.size());
    if (!clipped)
        return tl::unexpected(clipped.error());
    job.region = *clipped;
    return job;
}

Result<void> checkPrecision(const std::string& precision, const torch::Device& device)
{
    if (precision == "auto" || precision == "fp32")
        return {};
    if (precision != "bf16")
        return fail(ErrorCode::InvalidRequest,
                    "precision is auto, fp32 or bf16, got '" + precision + "'");
    if (!nn::computesBf16(device))
        return fail(ErrorCode::InvalidRequest,
                    device.str() + " does not compute in bf16: use auto or fp32");
    return {};
}

Rect resultArea(const methods::RestorationJob& job)
{
    const Size size = job.image.size();
    return job.region ? region::reach(*job.region, size) : wholeOf(size);
}

} // namespace

TorchRunner::TorchRunner(const RunnerOptions& options)
    : options_(options), models_({options.modelsFolder, options.userModels}),
      history_(options.historyBytes)
{
    torch::set_num_threads(processor().cores);
    if (options_.devicesChanged)
        options_.devicesChanged(devices().all());
    else
        nn::openCuda(); // a job of the CPU would make LibTorch remember that there is none
}

Devices& TorchRunner::devices()
{
    if (!devices_)
        devices_.emplace();
    return *devices_;
}

Result<torch::Device> TorchRunner::choose(const std::string& id)
{
    if (id == "cpu")
        return torch::Device(torch::kCPU);
    return devices().choose(id);
}

Result<region::Patch> TorchRunner::climb(const Task& task, const Rung& rung,
                                         engine::JobContext& context)
{
    context.stage(engine::Stage::LoadingModel);
    const auto model =
        models_.find(task.entry, {.model = task.model, .device = rung.device}, context.token());
    if (!model)
        return tl::unexpected(model.error());
    history_.begin(context.job(), resultArea(task.job), task.job.steps);
    historyDevice_ = rung.device;
    methods::RunSettings settings{
        .device = rung.device,
        .tilePixels = rung.tilePixels,
        .bf16 = task.precision == "auto" ? (*model)->bf16 : task.precision == "bf16",
        .recordStep = [this](int step, const torch::Tensor& clean) { history_.add(step, clean); },
        .decodeStepsWith =
            [this](methods::StepDecoder decoder) {
                history_.decodeWith(std::move(decoder));
            }};
    try {
        return (*model)->method->restore(task.job, context, settings);
    } catch (const methods::NonFinite&) {
        if (!settings.bf16)
            throw;
    }
    settings.bf16 = false;
    return (*model)->method->restore(task.job, context, settings);
}

Result<region::Patch> TorchRunner::attempt(const Task& task, const Rung& rung,
                                           engine::JobContext& context)
{
    try {
        return climb(task, rung, context);
    } catch (const std::exception& exception) {
        return tl::unexpected(toError(exception));
    }
}

Result<RestorationResult> TorchRunner::run(const RestorationRequest& request,
                                           engine::JobContext& context)
{
    const auto start = std::chrono::steady_clock::now();
    const auto entry = methods::findMethod(request.method);
    if (!entry)
        return tl::unexpected(entry.error());
    auto job = checked(request, entry->spec);
    if (!job)
        return tl::unexpected(job.error());
    const auto device = choose(request.device);
    if (!device)
        return tl::unexpected(device.error());

    if (const auto usable = checkPrecision(request.precision, *device); !usable)
        return tl::unexpected(usable.error());
    const Task task{.entry = *entry,
                    .job = std::move(*job),
                    .model = request.model,
                    .precision = request.precision};
    const auto rungs = ladder(*device, options_.tilePixels);
    for (std::size_t i = 0;;) {
        auto patch = attempt(task, rungs[i], context);
        if (patch)
            return RestorationResult{.patch = std::move(*patch),
                                     .device = rungs[i].device.str(),
                                     .elapsed =
                                         std::chrono::duration_cast<std::chrono::milliseconds>(
                                             std::chrono::steady_clock::now() - start)};
        const Error& error = patch.error();
        const bool broken = error.code == ErrorCode::DeviceUnavailable;
        if (broken)
            giveUp(rungs[i].device, error);
        const auto next = nextRung(rungs, i, error.code, request.device == "auto");
        if (!next)
            return tl::unexpected(error);
        if (rungs[i].device != rungs[*next].device)
            context.degraded(Degradation::FellBackToCpu,
                             broken ? error.detail : "its memory ran out");
        else
            context.degraded(Degradation::SmallerTiles,
                             std::to_string(rungs[*next].tilePixels) + " pixels");
        i = *next;
    }
}

/// What lies on a GPU that failed can neither be read nor moved.
void TorchRunner::giveUp(const torch::Device& device, const Error& error)
{
    if (!device.is_cpu())
        devices().exclude(device, error.detail);
    models_.drop();
    history_.begin(engine::JobId::None, {}, 0);
    if (options_.devicesChanged)
        options_.devicesChanged(devices().all());
}

Result<region::Patch> TorchRunner::decodeStep(engine::JobId job, int step)
{
    try {
        return history_.patch(job, step);
    } catch (const std::exception& exception) {
        const Error error = toError(exception);
        if (error.code == ErrorCode::DeviceUnavailable)
            giveUp(historyDevice_, error);
        return tl::unexpected(error);
    }
}

std::unique_ptr<engine::JobRunner> makeTorchRunner(const RunnerOptions& options)
{
    return std::make_unique<TorchRunner>(options);
}

std::vector<engine::MethodSpec> methodSpecs()
{
    std::vector<engine::MethodSpec> specs;
    for (const auto& entry : methods::registeredMethods())
        specs.push_back(entry.spec);
    return specs;
}

} // namespace limpid::inference
