// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/job_progress.h"

#include <cmath>

namespace limpid::app {

namespace {

std::string explanation(const engine::Degraded& degraded)
{
    switch (degraded.what) {
    case engine::Degradation::SmallerTiles:
        return "memory ran out; trying again with smaller tiles: " + degraded.detail;
    case engine::Degradation::FellBackToCpu:
        return "the GPU could not do it (" + degraded.detail + "); going on with the processor";
    case engine::Degradation::LowerPrecision:
        return "going on with lower precision: " + degraded.detail;
    }
    return degraded.detail;
}

std::string nameOf(engine::Stage stage)
{
    switch (stage) {
    case engine::Stage::LoadingModel: return "loading the model";
    case engine::Stage::Preparing: return "preparing";
    case engine::Stage::Sampling: return "restoring";
    case engine::Stage::Finishing: return "finishing";
    }
    return {};
}

std::string timeLeft(const engine::StepDone& done)
{
    if (done.step >= done.steps)
        return {};
    return ", " + timeLeftText(done.elapsed * (done.steps - done.step) / done.step);
}

} // namespace

std::string timeLeftText(std::chrono::duration<double> left)
{
    constexpr long minute = 60;
    constexpr long inSeconds = 90; // up to here seconds say more than minutes
    const long seconds = static_cast<long>(left.count()) + 1;
    const long minutes = (seconds + minute / 2) / minute;
    std::string text = std::to_string(seconds) + " s";
    if (minutes > inSeconds)
        text = std::to_string(minutes / minute) + " h " + std::to_string(minutes % minute) + " min";
    else if (seconds > inSeconds)
        text = std::to_string(minutes) + " min";
    return "about " + text + " left";
}

void JobProgress::show(const engine::Event& event)
{
    if (const auto* degraded = std::get_if<engine::Degraded>(&event))
        note(explanation(*degraded));
    if (const auto* stage = std::get_if<engine::StageChanged>(&event))
        write(stage_ = nameOf(stage->stage));
    if (const auto* worked = std::get_if<engine::Worked>(&event); worked && !stage_.empty())
        write(stage_ + ", " + std::to_string(std::lround(100 * worked->share)) + " %");
    if (const auto* done = std::get_if<engine::StepDone>(&event)) {
        stage_.clear(); // from here on steps say more than shares
        write("step " + std::to_string(done->step) + " of " + std::to_string(done->steps),
              timeLeft(*done));
    }
}

void JobProgress::note(const std::string& text)
{
    line_.end();
    world_.err << "limpid-cli: " << text << std::endl;
}

void JobProgress::write(const std::string& doing, const std::string& timeLeft)
{
    line_.write(lineFor(doing, timeLeft));
}

} // namespace limpid::app
