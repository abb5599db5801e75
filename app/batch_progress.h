// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/job_progress.h"
#include "core/engine/time_forecast.h"

#include <chrono>
#include <filesystem>
#include <optional>
#include <vector>

namespace limpid::app {

/// How a batch goes: which photograph of how many, what is done to it, and the time left for all.
/// One thread.
class BatchProgress final : public JobProgress {
public:
    /// `region`: the part of each photograph that is restored; none: all of it.
    BatchProgress(const CliWorld& world, std::vector<std::filesystem::path> photos,
                  std::optional<Rect> region);

    /// The next photograph is read from here on…
    void startPhoto();
    /// …and is written or was left alone, or has failed.
    void endPhoto(bool wasRestored);

    void begin(Size size) override;
    void show(const engine::Event& event) override;

    /// Uses the time for looking up the size of a photograph that is to come.
    void wait() override;

protected:
    std::string lineFor(const std::string& doing, const std::string& timeLeft) const override;

private:
    using Clock = std::chrono::steady_clock;

    /// Since startPhoto(), but for loading the model.
    engine::TimeForecast::Seconds elapsed() const;
    void measure(const engine::Event& event);
    double megapixelsOf(Size size) const;

    bool looksAhead_;
    std::vector<std::filesystem::path> photos_;
    std::optional<Rect> region_;
    engine::TimeForecast forecast_;
    std::size_t lookedAt_ = 0; ///< Photographs whose size is known or cannot be had.
    Clock::time_point started_;
    std::optional<Clock::time_point> loadingSince_;
    Clock::duration loading_{0};
    bool tellsShare_ = false; ///< The job says how much of its work is done.
};

} // namespace limpid::app
