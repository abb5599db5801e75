// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/draw_batch.h"

#include <future>
#include <map>
#include <memory>

namespace limpid::training {

/// The pairs of a run, step by step. For another device than the CPU, those of the next steps are
/// made in the background, blur and all else that works on pixels on the device itself, so that it
/// waits neither for what the CPU draws nor for being told what to do. One thread asks; what it
/// gets depends on (seed, step) alone.
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
    std::map<std::int64_t, std::future<Pair>> drawn_;
};

} // namespace limpid::training
