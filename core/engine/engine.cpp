// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/engine.h"

#include <cassert>
#include <new>
#include <type_traits>
#include <utility>

namespace limpid::engine {

namespace {

/// The last net below everything a runner or its factory does: whatever flies becomes a value.
/// Called inside a catch block.
Error currentError()
{
    try {
        throw;
    } catch (const Failure& failure) {
        return failure.error();
    } catch (const std::bad_alloc&) {
        return {.code = ErrorCode::OutOfMemory, .detail = "out of memory", .path = {}};
    } catch (const std::exception& exception) {
        return {.code = ErrorCode::Internal, .detail = exception.what(), .path = {}};
    } catch (...) {
        return {.code = ErrorCode::Internal, .detail = "unknown exception", .path = {}};
    }
}

} // namespace

Engine::Engine(RunnerFactory factory, EventSink& sink, EngineOptions options)
    : sink_(sink), mailbox_(options.previewInterval),
      thread_([this, factory = std::move(factory)] { loop(factory); })
{}

Engine::~Engine()
{
    assert(std::this_thread::get_id() != thread_.get_id());
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        for (const auto& [id, source] : sources_)
            source.requestCancel();
    }
    wake_.notify_one();
    thread_.join();
}

JobId Engine::submit(RestorationRequest request)
{
    Job job{.id = JobId::None, .request = std::move(request), .token = {}};
    {
        const std::lock_guard lock(mutex_);
        job.id = JobId{++lastId_};
        job.token = sources_[job.id].token();
    }
    const JobId id = job.id;
    sink_.onEvent(Queued{id}); // Before the worker can see the job, so that Queued comes first.
    {
        const std::lock_guard lock(mutex_);
        jobs_.push_back(std::move(job));
    }
    wake_.notify_one();
    return id;
}

void Engine::cancel(JobId job)
{
    const std::lock_guard lock(mutex_);
    if (const auto found = sources_.find(job); found != sources_.end())
        found->second.requestCancel();
}

void Engine::pause(JobId job)
{
    const std::lock_guard lock(mutex_);
    if (const auto found = sources_.find(job); found != sources_.end())
        found->second.setPaused(true);
}

void Engine::resume(JobId job)
{
    const std::lock_guard lock(mutex_);
    if (const auto found = sources_.find(job); found != sources_.end())
        found->second.setPaused(false);
}

FramePtr Engine::takePreview(FrameKind kind)
{
    return mailbox_.take(kind);
}

void Engine::requestStep(JobId job, int step)
{
    {
        const std::lock_guard lock(mutex_);
        query_ = StepQuery{.job = job, .step = step};
    }
    wake_.notify_one();
}

void Engine::loop(const RunnerFactory& factory)
{
    try {
        runner(factory);
    } catch (...) { // Tried again for the first job, which then tells why.
    }
    while (const auto work = nextWork())
        std::visit([&](const auto& item) { process(factory, item); }, *work);
    runner_.reset(); // Tensors die on the thread that made them.
}

std::optional<Engine::Work> Engine::nextWork()
{
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [this] { return stopping_ || !jobs_.empty() || query_; });
    if (!stopping_ && query_)
        return *std::exchange(query_, std::nullopt);
    if (jobs_.empty())
        return std::nullopt;
    Job job = std::move(jobs_.front());
    jobs_.pop_front();
    return job;
}

void Engine::process(const RunnerFactory& factory, const Job& job)
{
    if (job.token.isCancelled()) {
        end(JobCancelled{job.id});
        return;
    }
    mailbox_.clear();
    sink_.onEvent(Started{job.id});
    end(run(factory, job));
}

void Engine::process(const RunnerFactory& factory, const StepQuery& query)
{
    Result<region::Patch> patch = [&]() -> Result<region::Patch> {
        try {
            return runner(factory).decodeStep(query.job, query.step);
        } catch (...) {
            return tl::unexpected(currentError());
        }
    }();
    if (patch)
        sink_.onEvent(StepDecoded{query.job, query.step, std::move(*patch)});
    else
        sink_.onEvent(Failed{query.job, patch.error()});
}

Event Engine::run(const RunnerFactory& factory, const Job& job)
{
    try {
        JobContext context(job.id, job.token, sink_, mailbox_);
        Result<RestorationResult> result = runner(factory).run(job.request, context);
        if (!result)
            return Failed{job.id, result.error()};
        result->elapsed = context.elapsed();
        return Finished{job.id, std::move(*result)};
    } catch (const Cancelled&) {
        return JobCancelled{job.id};
    } catch (...) {
        return Failed{job.id, currentError()};
    }
}

void Engine::end(const Event& ending)
{
    const JobId job = jobOf(ending);
    bool cancelled = false;
    {
        const std::lock_guard lock(mutex_);
        const auto source = sources_.extract(job);
        cancelled = source.mapped().token().isCancelled();
    }
    if (cancelled)
        sink_.onEvent(JobCancelled{job});
    else
        sink_.onEvent(ending);
}

JobRunner& Engine::runner(const RunnerFactory& factory)
{
    if (!runner_)
        runner_ = factory();
    if (!runner_)
        throw Failure({.code = ErrorCode::Internal, .detail = "no runner was made", .path = {}});
    return *runner_;
}

} // namespace limpid::engine
