// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/preview_mailbox.h"

#include <utility>

namespace limpid::engine {

namespace {

std::size_t indexOf(FrameKind kind)
{
    return static_cast<std::size_t>(kind);
}

} // namespace

PreviewMailbox::PreviewMailbox(std::chrono::milliseconds minimumInterval)
    : minimumInterval_(minimumInterval)
{}

bool PreviewMailbox::wants(FrameKind kind) const
{
    const std::lock_guard lock(mutex_);
    const Slot& slot = slots_.at(indexOf(kind));
    if (slot.frame)
        return false;
    return !slot.lastPut || std::chrono::steady_clock::now() - *slot.lastPut >= minimumInterval_;
}

void PreviewMailbox::put(FramePtr frame)
{
    const std::lock_guard lock(mutex_);
    Slot& slot = slots_.at(indexOf(frame->kind));
    slot.frame = std::move(frame);
    slot.lastPut = std::chrono::steady_clock::now();
}

FramePtr PreviewMailbox::take(FrameKind kind)
{
    const std::lock_guard lock(mutex_);
    return std::exchange(slots_.at(indexOf(kind)).frame, nullptr);
}

void PreviewMailbox::clear()
{
    const std::lock_guard lock(mutex_);
    slots_ = {};
}

} // namespace limpid::engine
