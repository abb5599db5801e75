// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/engine_bridge.h"

#include <algorithm>

namespace limpid::ui {

namespace {

template<class... Handlers>
struct Overloaded : Handlers... {
    using Handlers::operator()...;
};

/// True when `newer` makes `older` pointless: both say where the same job stands.
bool supersedes(const engine::Event& newer, const engine::Event& older)
{
    if (newer.index() != older.index() || engine::jobOf(newer) != engine::jobOf(older))
        return false;
    if (std::holds_alternative<engine::StepDone>(newer) ||
        std::holds_alternative<engine::Worked>(newer))
        return true;
    const auto* frame = std::get_if<engine::PreviewReady>(&newer);
    return frame && frame->kind == std::get<engine::PreviewReady>(older).kind;
}

} // namespace

EngineBridge::EngineBridge(engine::RunnerFactory factory, engine::EngineOptions options,
                           QObject* parent)
    : QObject(parent), factory_(std::move(factory)), options_(options)
{}

EngineBridge::~EngineBridge() = default;

void EngineBridge::start()
{
    engine::EventSink& sink = *this;
    if (!engine_)
        engine_ = std::make_unique<engine::Engine>(factory_, sink, options_);
}

engine::JobId EngineBridge::submit(engine::RestorationRequest request)
{
    start();
    return engine_->submit(std::move(request));
}

void EngineBridge::cancel(engine::JobId job)
{
    if (engine_)
        engine_->cancel(job);
}

void EngineBridge::pause(engine::JobId job)
{
    if (engine_)
        engine_->pause(job);
}

void EngineBridge::resume(engine::JobId job)
{
    if (engine_)
        engine_->resume(job);
}

void EngineBridge::requestStep(engine::JobId job, int step)
{
    if (engine_)
        engine_->requestStep(job, step);
}

// Inference thread (Queued: the submitting thread).
void EngineBridge::onEvent(const engine::Event& event) noexcept
{
    const std::lock_guard lock(mutex_);
    const auto older = std::find_if(pending_.begin(), pending_.end(), [&](const auto& waiting) {
        return supersedes(event, waiting);
    });
    if (older != pending_.end())
        pending_.erase(older);
    pending_.push_back(event);
    if (!posted_) {
        posted_ = true;
        QMetaObject::invokeMethod(this, &EngineBridge::drain, Qt::QueuedConnection);
    }
}

void EngineBridge::drain()
{
    std::vector<engine::Event> events;
    {
        const std::lock_guard lock(mutex_);
        events.swap(pending_);
        posted_ = false;
    }
    for (const auto& event : events)
        publish(event);
}

void EngineBridge::publish(const engine::Event& event)
{
    std::visit(Overloaded{
                   [](const engine::Queued&) {},
                   [this](const engine::Started& e) { Q_EMIT started(e); },
                   [this](const engine::StageChanged& e) { Q_EMIT stageChanged(e); },
                   [this](const engine::StepDone& e) { Q_EMIT stepDone(e); },
                   [this](const engine::Worked& e) { Q_EMIT worked(e); },
                   [this](const engine::PreviewReady& e) {
                       if (const auto frame = engine_->takePreview(e.kind))
                           Q_EMIT frameReady(frame);
                   },
                   [this](const engine::Degraded& e) { Q_EMIT degraded(e); },
                   [this](const engine::StepDecoded& e) { Q_EMIT stepDecoded(e); },
                   [this](const engine::Finished& e) { Q_EMIT finished(e); },
                   [this](const engine::Failed& e) { Q_EMIT failed(e); },
                   [this](const engine::JobCancelled& e) { Q_EMIT cancelled(e); },
               },
               event);
}

} // namespace limpid::ui
