// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/draw_batch.h"

#include <future>
#include <map>
#include <memory>

namespace limpid::training {

/// The pairs of a run, step by step. For another device than the CPU, what the CPU draws of the
/// next steps is drawn in the background, so that the device does not wait for it; blur and all
/// else that works on pixels runs there. One thread asks; what it gets depends on (seed, step)
/// alone.
class Batches {
public:
    Batches(PhotoCache photos, const LearningOptions& options);

    /// Draws this many steps ahead, whatever the device.
    Batches(PhotoCache photos, const LearningOptions& options, std::int64_t ahead);

    /// As drawBatch.
    Pair at(std::int64_t step);

private:
    void drawAhead(std::int64_t step);

    std::shared_ptr<const PhotoCache> photos_; ///< Also of the tasks in the background.
    LearningOptions options_;
    std::int64_t ahead_; ///< Steps.
    std::map<std::int64_t, std::future<DrawnBatch>> drawn_;
};

} // namespace limpid::training
