// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/batch_progress.h"

#include "app/error_sentence.h"
#include "core/image/photo_reader.h"

#include <algorithm>

namespace limpid::app {

namespace fs = std::filesystem;

namespace {

/// The end of a name, which tells photos of a series apart, so that the line fits a terminal.
std::string endOf(const std::string& name)
{
    constexpr int mostColumns = 24;
    int columns = 0;
    auto begin = name.size();
    for (auto at = name.size(); at > 0;) {
        --at;
        const auto byte = static_cast<unsigned char>(name[at]);
        if ((byte & 0xC0) == 0x80)
            continue;                    // inside a UTF-8 character
        columns += byte >= 0xE0 ? 2 : 1; // Chinese, Japanese and Korean ones are wide
        if (columns > mostColumns)
            return "…" + name.substr(begin);
        begin = at;
    }
    return name;
}

} // namespace

BatchProgress::BatchProgress(const CliWorld& world, std::vector<fs::path> photos,
                             std::optional<Rect> region)
    : JobProgress(world), looksAhead_(world.showsProgress), photos_(std::move(photos)),
      region_(region), forecast_(photos_.size())
{}

void BatchProgress::startPhoto()
{
    started_ = Clock::now();
    loading_ = {};
    loadingSince_.reset();
    tellsShare_ = false;
}

void BatchProgress::endPhoto(bool wasRestored)
{
    forecast_.end(wasRestored ? std::optional(elapsed()) : std::nullopt);
}

void BatchProgress::begin(Size size)
{
    forecast_.setSize(forecast_.ended(), megapixelsOf(size));
}

void BatchProgress::show(const engine::Event& event)
{
    measure(event);
    JobProgress::show(event);
}

void BatchProgress::measure(const engine::Event& event)
{
    if (const auto* stage = std::get_if<engine::StageChanged>(&event)) {
        if (loadingSince_)
            loading_ += Clock::now() - *loadingSince_;
        const bool loads = stage->stage == engine::Stage::LoadingModel;
        loadingSince_ = loads ? std::optional(Clock::now()) : std::nullopt;
    }
    if (const auto* worked = std::get_if<engine::Worked>(&event)) {
        tellsShare_ = true;
        forecast_.worked(worked->share, elapsed());
    }
    // Steps are not all of the work, but tell more than nothing.
    if (const auto* done = std::get_if<engine::StepDone>(&event); done && !tellsShare_)
        forecast_.worked(static_cast<double>(done->step) / done->steps, elapsed());
}

void BatchProgress::wait()
{
    constexpr std::uintmax_t mostBytes = 32U << 20; // reading more takes memory and time
    lookedAt_ = std::max(lookedAt_, forecast_.ended() + 1);
    if (!looksAhead_ || lookedAt_ >= photos_.size())
        return;
    const auto photo = lookedAt_++;
    std::error_code error;
    if (const auto bytes = fs::file_size(photos_[photo], error); error || bytes > mostBytes)
        return;
    if (const auto header = image::inspectPhoto(photos_[photo]))
        forecast_.setSize(photo, megapixelsOf(header->size));
}

std::string BatchProgress::lineFor(const std::string& doing, const std::string& /*timeLeft*/) const
{
    const auto photo = forecast_.ended();
    std::string line = std::to_string(photo + 1) + " of " + std::to_string(photos_.size()) + ", " +
                       endOf(plainText(photos_.at(photo).filename())) + ", " + doing;
    if (const auto left = forecast_.left())
        line += ", " + timeLeftText(*left);
    return line;
}

engine::TimeForecast::Seconds BatchProgress::elapsed() const
{
    return Clock::now() - started_ - loading_;
}

double BatchProgress::megapixelsOf(Size size) const
{
    constexpr double mega = 1e6;
    const Rect whole = wholeOf(size);
    return static_cast<double>((region_ ? region_->intersected(whole) : whole).size().area()) /
           mega;
}

} // namespace limpid::app
