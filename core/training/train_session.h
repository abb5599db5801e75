// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/training/learner.h"
#include "core/training/photo_cache.h"
#include "core/training/session_options.h"

#include <atomic>
#include <functional>
#include <memory>
#include <ostream>

namespace limpid::training {

/// What a session does with photographs beyond learning from a prepared cache. A build against a
/// bare LibTorch can do none of it.
struct PhotoTools {
    /// The cache to read from, given what the options name and the run's folder; see
    /// photo_decoding.h. Empty: only a cache will do.
    std::function<Result<std::filesystem::path>(const std::filesystem::path& photos,
                                                const std::filesystem::path& out)>
        cacheOf{};
    /// Draws what restorers make of photographs held apart. Empty: nothing is drawn.
    std::function<Result<void>(const PhotoCache& held, const std::vector<NamedRestorer>& restorers,
                               const std::filesystem::path& target)>
        drawSamples{};
};

/// Makes the stage that learns from these photographs.
using MakeLearner = std::function<Result<std::unique_ptr<Learner>>(PhotoCache photos)>;

/// Trains until the time or the steps are used up. Into `options.out` go state.pt (every five
/// minutes and at the end), log.tsv (step, seconds, loss, ratio; a line every 20 s and at the end),
/// validation.md and samples.png (as often as the options say and at the end); `progress` sees the
/// figures too. Once `interrupted`, it ends after the step at hand, saved but not measured. Safe to
/// kill at any moment: the last state stays whole. Without a minute to train, it measures and saves
/// no state. InvalidRequest when a run is in the folder already that is not to be resumed, while
/// another session writes there, and when the loss is no longer finite: the last state is kept.
/// FileNotFound when there is no state to be measured.
/// FileUnwritable, before anything is learned if that can be known. Errors of openSessionPhotos.
[[nodiscard]] Result<void> runSession(const SessionOptions& options, const MakeLearner& makeLearner,
                                      const PhotoTools& tools, std::ostream& progress,
                                      const std::atomic<bool>& interrupted);

} // namespace limpid::training
