// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/engine.h"

#include <QObject>

#include <memory>
#include <mutex>
#include <vector>

namespace limpid::ui {

/// The one place where engine events become Qt signals. Events are collected under a lock; at
/// most one call waits in the event loop, however fast the worker is. GUI thread, except onEvent.
class EngineBridge : public QObject, private engine::EventSink {
    Q_OBJECT
public:
    explicit EngineBridge(engine::RunnerFactory factory, engine::EngineOptions options = {},
                          QObject* parent = nullptr);
    ~EngineBridge() override;

    /// Starts the inference thread; the first submit does it otherwise. To be called once the
    /// window shows, because building a runner loads LibTorch.
    void start();

    engine::JobId submit(engine::RestorationRequest request);
    void cancel(engine::JobId job);
    void pause(engine::JobId job);
    void resume(engine::JobId job);
    void requestStep(engine::JobId job, int step);

Q_SIGNALS:
    void started(const limpid::engine::Started& event);
    void stageChanged(const limpid::engine::StageChanged& event);
    void stepDone(const limpid::engine::StepDone& progress);
    void worked(const limpid::engine::Worked& progress);
    void frameReady(const limpid::engine::FramePtr& frame);
    void degraded(const limpid::engine::Degraded& notice);
    void stepDecoded(const limpid::engine::StepDecoded& decoded);
    void finished(const limpid::engine::Finished& event);
    void failed(const limpid::engine::Failed& event);
    void cancelled(const limpid::engine::JobCancelled& event);

private:
    void onEvent(const engine::Event& event) noexcept override;
    void drain();
    void publish(const engine::Event& event);

    engine::RunnerFactory factory_;
    engine::EngineOptions options_;
    std::mutex mutex_;
    std::vector<engine::Event> pending_; // guarded by mutex_, as is posted_
    bool posted_ = false;
    std::unique_ptr<engine::Engine> engine_; // last: stops before what its thread touches
};

} // namespace limpid::ui
