// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QFutureWatcher>
#include <QObject>
#include <QtConcurrentRun>

#include <new>
#include <utility>

namespace limpid::ui {

/// Runs `work` (which returns a Result) in Qt's pool and calls `done` with it on the thread of
/// `context`, unless `context` is gone by then. What `work` throws becomes an Error.
/// Not QFuture::then(context, …): in Qt 6.4 that fails when the context is destroyed meanwhile.
template<class Work, class Done>
void inBackground(QObject* context, Work work, Done done)
{
    using Outcome = decltype(work());
    const auto guarded = [work = std::move(work)]() -> Outcome {
        try {
            return work();
        } catch (const std::bad_alloc&) {
            return fail(ErrorCode::OutOfMemory, "no memory for work in the background");
        } catch (const std::exception& error) {
            return fail(ErrorCode::Internal, error.what());
        }
    };
    auto* watcher = new QFutureWatcher<Outcome>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
                     [watcher, done = std::move(done)] {
                         watcher->deleteLater();
                         done(watcher->result());
                     });
    watcher->setFuture(QtConcurrent::run(guarded));
}

} // namespace limpid::ui
