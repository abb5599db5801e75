// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/batches.h"

#include <algorithm>
#include <thread>

namespace limpid::training {

namespace {

/// On the CPU the learning itself wants all threads.
std::int64_t stepsAhead(const LearningOptions& options)
{
    constexpr std::int64_t most = 8;
    if (torch::Device(options.device).is_cpu())
        return 0;
    return std::clamp<std::int64_t>(std::thread::hardware_concurrency() / 2, 1, most);
}

} // namespace

Batches::Batches(PhotoCache photos, const LearningOptions& options)
    : Batches(std::move(photos), options, stepsAhead(options))
{}

Batches::Batches(PhotoCache photos, const LearningOptions& options, std::int64_t ahead)
    : photos_(std::make_shared<PhotoCache>(std::move(photos))), options_(options), ahead_(ahead)
{}

Pair Batches::at(std::int64_t step)
{
    drawn_.erase(drawn_.begin(), drawn_.lower_bound(step));
    for (std::int64_t next = step + 1; next <= step + ahead_; ++next)
        drawAhead(next);
    auto drawn = drawn_.extract(step);
    return drawn ? drawn.mapped().get() : drawBatch(*photos_, options_, step);
}

void Batches::drawAhead(std::int64_t step)
{
    if (!drawn_.contains(step))
        drawn_.emplace(step,
                       std::async(std::launch::async, [photos = photos_, options = options_, step] {
                           return drawBatch(*photos, options, step);
                       }));
}

} // namespace limpid::training
