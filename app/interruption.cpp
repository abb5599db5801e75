// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interruption.h"

#include <csignal>
#include <cstdint>
#include <ctime>

namespace limpid::app {

namespace {

constexpr std::int64_t sameWish = 500'000'000; // nanoseconds

// A signal handler can reach nothing else.
std::atomic<bool> interrupted{false};
std::atomic<std::int64_t> interruptedAt{0};
static_assert(std::atomic<bool>::is_always_lock_free);
static_assert(std::atomic<std::int64_t>::is_always_lock_free);

std::int64_t nanoseconds()
{
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

/// timeout(1) sends its signal to the program and to the program's group: that is one wish.
extern "C" void onInterrupt(int signal)
{
    const auto now = nanoseconds();
    if (!interrupted.exchange(true)) {
        interruptedAt = now;
    } else if (now - interruptedAt > sameWish) {
        std::signal(signal, SIG_DFL);
        std::raise(signal);
    }
}

} // namespace

const std::atomic<bool>& watchForInterruption()
{
    std::signal(SIGINT, onInterrupt);
    std::signal(SIGTERM, onInterrupt);
    return interrupted;
}

} // namespace limpid::app
