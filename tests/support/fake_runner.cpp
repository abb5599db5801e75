// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_runner.h"

#include "core/region/region.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <mutex>
#include <random>
#include <stdexcept>
#include <utility>

namespace limpid::tests {

using engine::FrameKind;
using engine::JobContext;
using engine::RestorationRequest;
using engine::RestorationResult;

struct FakeControl::State {
    mutable std::mutex mutex;
    std::condition_variable allowed;
    FakeScript script;
    int permits = 0;
    bool unlimited = false;
    std::vector<RestorationRequest> requests;
};

namespace {

constexpr int previewSide = 128; // Longest side of a preview, in pixels.

Rect areaOf(const RestorationRequest& request)
{
    const Size picture = request.image.size();
    return request.region ? region::reach(*request.region, picture) : wholeOf(picture);
}

std::uint8_t toByte(float value)
{
    return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0F, 1.0F) * 255.0F));
}

engine::Frame frameOf(const region::Patch& patch, FrameKind kind, int step)
{
    const Size full = patch.area.size();
    const int stride = std::max(1, std::max(full.width, full.height) / previewSide);
    engine::Frame frame{.kind = kind, .step = step, .area = patch.area, .size = {}, .rgb = {}};
    frame.size = {full.width / stride, full.height / stride};
    for (int y = 0; y < frame.size.height; ++y) {
        const auto row = patch.pixels.row(y * stride);
        for (int x = 0; x < frame.size.width; ++x) {
            const auto pixel =
                row.subspan(static_cast<std::size_t>(x) * 3 * static_cast<std::size_t>(stride), 3);
            for (const float value : pixel)
                frame.rgb.push_back(toByte(value));
        }
    }
    return frame;
}

class FakeRunner final : public engine::JobRunner {
public:
    explicit FakeRunner(std::shared_ptr<FakeControl::State> state) : state_(std::move(state)) {}

    Result<RestorationResult> run(const RestorationRequest& request, JobContext& context) override;
    Result<region::Patch> decodeStep(engine::JobId job, int step) override;

private:
    FakeScript begin(const RestorationRequest& request);
    void waitForPermit(const FakeScript& script, const JobContext& context);
    void show(JobContext& context, FrameKind kind, int step) const;

    std::shared_ptr<FakeControl::State> state_;
    engine::JobId lastJob_ = engine::JobId::None;
    RestorationRequest lastRequest_;
};

FakeScript FakeRunner::begin(const RestorationRequest& request)
{
    const std::lock_guard lock(state_->mutex);
    state_->requests.push_back(request);
    return state_->script;
}

Result<RestorationResult> FakeRunner::run(const RestorationRequest& request, JobContext& context)
{
    const FakeScript script = begin(request);
    lastJob_ = context.job();
    lastRequest_ = request;
    context.stage(engine::Stage::LoadingModel);
    context.checkpoint();
    for (const FrameKind kind : script.frames) {
        if (kind == FrameKind::Guidance)
            show(context, kind, 0);
    }
    context.stage(engine::Stage::Sampling);
    for (int step = 1; step <= request.steps; ++step) {
        waitForPermit(script, context);
        context.checkpoint();
        for (const FrameKind kind : script.frames) {
            if (kind != FrameKind::Guidance)
                show(context, kind, step);
        }
        context.stepDone(step, request.steps);
        if (step != script.troubleAtStep)
            continue;
        if (script.failure)
            return tl::unexpected(*script.failure);
        if (!script.exception.empty())
            throw std::runtime_error(script.exception);
        if (script.throwsNumber)
            throw step;
    }
    context.stage(engine::Stage::Finishing);
    return RestorationResult{.patch = fakePatch(request), .device = "fake", .elapsed = {}};
}

Result<region::Patch> FakeRunner::decodeStep(engine::JobId job, int step)
{
    if (job != lastJob_ || step < 1 || step > lastRequest_.steps)
        return fail(ErrorCode::InvalidRequest, "the history does not hold this step");
    return fakePatch(lastRequest_, step);
}

/// Waits as a network call takes its time, except that a cancelled job need not be allowed.
void FakeRunner::waitForPermit(const FakeScript& script, const JobContext& context)
{
    if (!script.byHand)
        return;
    std::unique_lock lock(state_->mutex);
    const auto ready = [&] {
        return state_->unlimited || state_->permits > 0;
    };
    while (!ready() && !context.token().isCancelled())
        state_->allowed.wait_for(lock, std::chrono::milliseconds(1), ready);
    if (!state_->unlimited && !context.token().isCancelled())
        --state_->permits;
}

void FakeRunner::show(JobContext& context, FrameKind kind, int step) const
{
    if (context.wantsPreview(kind))
        context.publish(frameOf(fakePatch(lastRequest_, step), kind, step));
}

} // namespace

FakeControl::FakeControl(FakeScript script) : state_(std::make_shared<State>())
{
    state_->script = std::move(script);
}

FakeControl::~FakeControl() = default;

engine::RunnerFactory FakeControl::factory() const
{
    return [state = state_] {
        return std::make_unique<FakeRunner>(state);
    };
}

void FakeControl::allowSteps(int count)
{
    const std::lock_guard lock(state_->mutex);
    state_->permits += count;
    state_->allowed.notify_all();
}

void FakeControl::allowAll()
{
    const std::lock_guard lock(state_->mutex);
    state_->unlimited = true;
    state_->allowed.notify_all();
}

void FakeControl::setScript(FakeScript script)
{
    const std::lock_guard lock(state_->mutex);
    state_->script = std::move(script);
}

std::vector<RestorationRequest> FakeControl::requests() const
{
    const std::lock_guard lock(state_->mutex);
    return state_->requests;
}

region::Patch fakePatch(const RestorationRequest& request, int step)
{
    const Rect area = areaOf(request);
    const image::Image original = request.image.cropped(area);
    const float share = static_cast<float>(step) / static_cast<float>(request.steps);
    std::vector<float> pixels(original.pixels().begin(), original.pixels().end());
    for (float& value : pixels)
        value += share * (1.0F - 2.0F * value);
    return {.area = area, .pixels = image::Image(area.size(), std::move(pixels))};
}

region::Patch fakePatch(const RestorationRequest& request)
{
    return fakePatch(request, request.steps);
}

engine::MethodSpec fakeMethodSpec()
{
    using Kind = engine::ParameterSpec::Kind;
    return {
        .id = "fake",
        .parameters = {{.id = "strength", .kind = Kind::Real, .defaultValue = 0.85},
                       {.id = "tile-exact", .kind = Kind::Toggle, .step = 1, .defaultValue = 1},
                       {.id = "order", .kind = Kind::Choice, .choices = {"rows", "spiral"}}},
        .frames = {FrameKind::Guidance, FrameKind::Predicted, FrameKind::Kernel},
        .context = {.marginPixels = 24, .multipleOf = 8},
    };
}

image::Image randomImage(Size size, unsigned seed)
{
    std::mt19937 generator(seed);
    std::uniform_real_distribution<float> color(0.0F, 1.0F);
    std::vector<float> pixels(static_cast<std::size_t>(size.area()) * 3);
    std::generate(pixels.begin(), pixels.end(), [&] { return color(generator); });
    return image::Image(size, std::move(pixels));
}

} // namespace limpid::tests
