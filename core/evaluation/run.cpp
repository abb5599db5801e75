// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/run.h"

#include "core/evaluation/guarded.h"

#include <algorithm>
#include <iomanip>
#include <sstream>

namespace limpid::evaluation {

namespace {

double minutesSince(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double, std::ratio<60>>(std::chrono::steady_clock::now() - start)
        .count();
}

} // namespace

Run::Run(const std::vector<Contender>& contenders, const RunControl& control, std::size_t pictures)
    : contenders_(contenders), control_(control), pictures_(pictures)
{}

bool Run::goesOn() const
{
    return done_ == 0 || control_.minutes <= 0.0 || minutesSince(start_) < control_.minutes;
}

Result<void> Run::take(Trial trial, std::size_t place, const OutputWatcher& watch)
{
    trial.naturalness = control_.naturalness ? &*control_.naturalness : nullptr;
    auto found = guarded(trial.source, [&] { return judged(trial, contenders_, watch); });
    if (!found)
        return tl::unexpected(found.error());
    ++done_;
    tell(found->front());
    samples_[place] = std::move(*found);
    if (!control_.save || Clock::now() - saved_ < control_.saveEvery)
        return {};
    const auto written = control_.save(samples());
    saved_ = Clock::now();
    return written;
}

void Run::leaveOut(const Error& why)
{
    --pictures_;
    control_.leaveOut(why);
}

tl::unexpected<Error> Run::endedBy(const Error& error) const
{
    // Where saving is what failed, there is nothing better to say than the first error.
    if (control_.save && !samples_.empty())
        static_cast<void>(control_.save(samples()));
    return tl::unexpected(error);
}

Result<std::vector<Sample>> Run::results(const std::filesystem::path& source) const
{
    if (samples_.empty())
        return fail(ErrorCode::InvalidRequest, "none of these photographs can be measured", source);
    return samples();
}

std::vector<Sample> Run::samples() const
{
    std::vector<Sample> all;
    for (const auto& [place, samples] : samples_)
        all.insert(all.end(), samples.begin(), samples.end());
    return all;
}

void Run::tell(const Sample& sample) const
{
    const double each = minutesSince(start_) / static_cast<double>(done_);
    double left = each * static_cast<double>(pictures_ - done_);
    if (control_.minutes > 0.0)
        left = std::min(left, std::max(control_.minutes - minutesSince(start_), 0.0));
    std::ostringstream line;
    line << done_ << " of " << pictures_ << ": " << sample.photo << ", " << sample.blur << ", "
         << sample.finish << "; " << std::fixed << std::setprecision(1) << each * 60.0
         << " s each, " << left << " min left";
    control_.progress << line.str() << std::endl;
}

} // namespace limpid::evaluation
