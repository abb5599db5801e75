// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/sample.h"

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <ostream>
#include <vector>

namespace limpid::evaluation {

/// How long an experiment may take, what it is judged with, and who hears of it.
struct RunControl {
    std::ostream& progress;
    double minutes =
        0.0; ///< It ends with the picture during which they are over; 0: with the last.
    std::optional<NaturalnessModel> naturalness{};
    /// Receives all samples so far, with the first picture that is done after so long.
    std::function<Result<void>(const std::vector<Sample>&)> save{};
    std::chrono::seconds saveEvery{30};
    /// Receives each photograph that cannot be measured, as soon as that is known: its file, as far
    /// as it has one, else its name, and why; likewise each folder that cannot be searched. The
    /// experiment goes on without it.
    std::function<void(const Error&)> leaveOut = [](const Error&) {
    };
};

/// The pictures of an experiment, one after the other.
class Run {
public:
    /// Contenders and control outlive the run. pictures: how many there will be.
    Run(const std::vector<Contender>& contenders, const RunControl& control, std::size_t pictures);

    /// Whether there is time for another picture; the first one is always taken.
    bool goesOn() const;

    /// Lets every contender try this picture. place: where its samples stand in the report.
    [[nodiscard]] Result<void> take(Trial trial, std::size_t place,
                                    const OutputWatcher& watch = {});

    /// One picture less than there would have been.
    void leaveOut(const Error& why);

    /// Saves what was measured until an error that ends the experiment. → that error.
    [[nodiscard]] tl::unexpected<Error> endedBy(const Error& error) const;

    /// By place. InvalidRequest, with `source` as its path, when every picture was left out.
    [[nodiscard]] Result<std::vector<Sample>> results(const std::filesystem::path& source) const;

private:
    using Clock = std::chrono::steady_clock;

    std::vector<Sample> samples() const;
    void tell(const Sample& sample) const;

    const std::vector<Contender>& contenders_;
    const RunControl& control_;
    std::size_t pictures_;
    std::size_t done_ = 0;
    std::map<std::size_t, std::vector<Sample>> samples_;
    Clock::time_point start_ = Clock::now();
    Clock::time_point saved_ = Clock::now();
};

} // namespace limpid::evaluation
