// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/step_trail.h"

#include <iterator>

namespace limpid::ui {

void StepTrail::add(const engine::FramePtr& frame)
{
    const int step = frame->kind == engine::FrameKind::Guidance ? 0 : frame->step;
    auto& slot = frames_[step];
    if (slot)
        bytes_ -= slot->rgb.size();
    slot = frame;
    bytes_ += frame->rgb.size();
    while (bytes_ > budget_ && frames_.size() > 2)
        thin();
}

engine::FramePtr StepTrail::at(int step) const
{
    auto after = frames_.upper_bound(step);
    return after == frames_.begin() ? nullptr : std::prev(after)->second;
}

// Lets go of every second frame but the newest, so that what remains is spread evenly.
void StepTrail::thin()
{
    bool drop = false;
    for (auto it = frames_.begin(); it != std::prev(frames_.end()); drop = !drop) {
        if (drop) {
            bytes_ -= it->second->rgb.size();
            it = frames_.erase(it);
        } else {
            ++it;
        }
    }
}

} // namespace limpid::ui
