// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>
#include <vector>

namespace limpid::engine {

/// How long a batch still takes: the megapixels that are left, at the speed of the last few
/// photographs and of what is done of this one. Photographs end in their order. One thread.
class TimeForecast {
public:
    using Seconds = std::chrono::duration<double>;

    explicit TimeForecast(std::size_t photos) : megapixels_(photos) {}

    /// Says how large a photograph (0, 1, …) is. Unknown ones count as the mean of the others.
    void setSize(std::size_t photo, double megapixels) { megapixels_.at(photo) = megapixels; }
    bool knowsSize(std::size_t photo) const { return megapixels_.at(photo).has_value(); }
    std::size_t photos() const { return megapixels_.size(); }
    std::size_t ended() const { return ended_; }

    /// A share (0…1) of the photograph that is restored now has taken so long.
    void worked(double share, Seconds took);

    /// It has ended; one that failed has no time, and tells nothing of the speed.
    void end(std::optional<Seconds> took);

    /// None as long as nothing is known of the speed or the sizes.
    std::optional<Seconds> left() const;

private:
    struct Work {
        double megapixels = 0;
        Seconds took{0};
    };

    std::optional<double> megapixelsLeft() const;

    std::vector<std::optional<double>> megapixels_;
    std::deque<Work> recent_;
    double share_ = 0;
    Seconds took_{0};
    std::size_t ended_ = 0;
};

} // namespace limpid::engine
