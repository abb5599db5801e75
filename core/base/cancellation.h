// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <utility>

namespace limpid {

/// Thrown by CancelToken::throwIfRequested and caught by the engine's loop alone.
struct Cancelled {};

namespace detail {
struct CancelState {
    std::mutex mutex;
    std::condition_variable changed;
    bool cancelled = false;
    bool paused = false;
    std::chrono::steady_clock::duration waited{0};
};
} // namespace detail

/// The worker's end: asked once per step, per tile and per loaded tensor. Cheap to copy. Only one
/// thread of a job may wait at it, or its pauses are counted more than once.
class CancelToken {
public:
    CancelToken() = default; ///< A token that never cancels and never pauses.

    /// Waits while the job is paused, then throws Cancelled if cancellation was requested.
    void throwIfRequested() const
    {
        if (!state_)
            return;
        std::unique_lock lock(state_->mutex);
        if (waits_ && state_->paused) {
            const auto start = std::chrono::steady_clock::now();
            state_->changed.wait(lock, [&] { return state_->cancelled || !state_->paused; });
            state_->waited += std::chrono::steady_clock::now() - start;
        }
        if (state_->cancelled)
            throw Cancelled{};
    }

    /// The same job's token for what is done during a pause, or beside the thread that waits: it
    /// only throws.
    CancelToken withoutPauses() const
    {
        CancelToken token = *this;
        token.waits_ = false;
        return token;
    }

    /// How long throwIfRequested() has waited in all, so that pauses can be left out of timings.
    std::chrono::steady_clock::duration waited() const
    {
        if (!state_)
            return {};
        const std::lock_guard lock(state_->mutex);
        return state_->waited;
    }

    bool isCancelled() const
    {
        if (!state_)
            return false;
        const std::lock_guard lock(state_->mutex);
        return state_->cancelled;
    }

    bool isPaused() const
    {
        if (!state_)
            return false;
        const std::lock_guard lock(state_->mutex);
        return state_->paused;
    }

private:
    friend class CancelSource;
    explicit CancelToken(std::shared_ptr<detail::CancelState> state) : state_(std::move(state)) {}

    std::shared_ptr<detail::CancelState> state_;
    bool waits_ = true;
};

/// The owner's end: one per job, never reset, so that a cancel cannot be lost. Any thread.
class CancelSource {
public:
    CancelToken token() const { return CancelToken(state_); }

    void requestCancel() const
    {
        set([](detail::CancelState& state) { state.cancelled = true; });
    }

    void setPaused(bool paused) const
    {
        set([paused](detail::CancelState& state) { state.paused = paused; });
    }

private:
    template<class Change>
    void set(Change change) const
    {
        const std::lock_guard lock(state_->mutex);
        change(*state_);
        state_->changed.notify_all();
    }

    std::shared_ptr<detail::CancelState> state_ = std::make_shared<detail::CancelState>();
};

} // namespace limpid
