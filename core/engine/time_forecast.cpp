// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/time_forecast.h"

#include <algorithm>

namespace limpid::engine {

namespace {

constexpr std::size_t remembered = 4; // photographs; more would follow a change too slowly

} // namespace

void TimeForecast::worked(double share, Seconds took)
{
    share_ = std::clamp(share, 0.0, 1.0);
    took_ = took;
}

void TimeForecast::end(std::optional<Seconds> took)
{
    const auto megapixels = ended_ < photos() ? megapixels_[ended_] : std::nullopt;
    if (took && megapixels)
        recent_.push_back({*megapixels, *took});
    if (recent_.size() > remembered)
        recent_.pop_front();
    ++ended_;
    share_ = 0;
    took_ = {};
}

std::optional<double> TimeForecast::megapixelsLeft() const
{
    double known = 0;
    int count = 0;
    for (const auto& size : megapixels_) {
        known += size.value_or(0);
        count += size ? 1 : 0;
    }
    if (count == 0)
        return std::nullopt;
    double left = 0;
    for (std::size_t photo = ended_; photo < photos(); ++photo)
        left += megapixels_[photo].value_or(known / count) * (photo == ended_ ? 1 - share_ : 1);
    return left;
}

std::optional<TimeForecast::Seconds> TimeForecast::left() const
{
    Work done;
    for (const auto& work : recent_) {
        done.megapixels += work.megapixels;
        done.took += work.took;
    }
    if (share_ > 0 && ended_ < photos() && megapixels_[ended_]) {
        done.megapixels += share_ * *megapixels_[ended_];
        done.took += took_;
    }
    const auto left = megapixelsLeft();
    if (done.megapixels <= 0 || !left)
        return std::nullopt;
    return done.took / done.megapixels * *left;
}

} // namespace limpid::engine
