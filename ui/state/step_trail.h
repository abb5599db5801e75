// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/frame.h"

#include <cstddef>
#include <map>

namespace limpid::ui {

/// The previews of one run, by step, within a memory budget. Step 0 is the structure that was
/// found before the first step. Previews may be missing: the worker skips what nobody could see.
class StepTrail {
public:
    static constexpr std::size_t defaultBudget = std::size_t{256} << 20;

    explicit StepTrail(std::size_t budgetBytes = defaultBudget) : budget_(budgetBytes) {}

    /// Keeps a frame; over budget, every second earlier step is let go.
    void add(const engine::FramePtr& frame);

    /// The frame of this step, or of the nearest earlier one; null when there is none.
    engine::FramePtr at(int step) const;

    bool isEmpty() const { return frames_.empty(); }
    int newest() const { return frames_.empty() ? 0 : frames_.rbegin()->first; }
    std::size_t count() const { return frames_.size(); }

private:
    void thin();

    std::size_t budget_;
    std::size_t bytes_ = 0;
    std::map<int, engine::FramePtr> frames_;
};

} // namespace limpid::ui
