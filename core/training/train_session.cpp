// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/train_session.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <torch/utils.h>

namespace limpid::training {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Says that its time has come, then counts anew.
class Interval {
public:
    explicit Interval(double seconds) : seconds_(seconds), last_(Clock::now()) {}

    bool isOver()
    {
        if (secondsSince(last_) < seconds_)
            return false;
        last_ = Clock::now();
        return true;
    }

private:
    double seconds_;
    Clock::time_point last_;
};

std::filesystem::path stateOf(const SessionOptions& options)
{
    return options.out / "state.pt";
}

bool hasState(const SessionOptions& options)
{
    std::error_code ignored; // what cannot be looked at shows when it is written
    return std::filesystem::exists(stateOf(options), ignored);
}

class Session {
public:
    Session(const SessionOptions& options, Learner& learner, const PhotoCache& held,
            const PhotoTools& tools, std::ostream& progress)
        : options_(options), learner_(learner), held_(held), tools_(tools), progress_(progress),
          log_(options.out / "log.tsv", std::ios::app)
    {}

    Result<void> run(const std::atomic<bool>& interrupted)
    {
        Interval logging(20.0);
        Interval saving(300.0);
        Interval validating(options_.validateMinutes * 60.0);
        while (secondsSince(start_) < options_.minutes * 60.0 && !learner_.isFinished() &&
               !interrupted) {
            count(learner_.step());
            if (logging.isOver())
                writeLog();
            if (saving.isOver())
                if (auto saved = save(); !saved)
                    return saved;
            if (validating.isOver())
                validate();
        }
        const bool learned = learner_.stepsDone() != begunAt_;
        if (learned)
            if (auto saved = save(); !saved)
                return saved;
        if (interrupted)
            progress_ << (learned ? "stopped and saved" : "stopped") << " at step "
                      << learner_.stepsDone() << "\n";
        else if (learner_.stepsDone() != validatedAt_)
            validate();
        return {};
    }

private:
    void count(const Learner::StepReport& report)
    {
        loss_ += report.loss;
        error_ += report.error;
        unchanged_ += report.unchanged;
        ++steps_;
    }

    void writeLog()
    {
        for (std::ostream* stream : {static_cast<std::ostream*>(&log_), &progress_})
            *stream << learner_.stepsDone() << '\t' << secondsSince(start_) << '\t'
                    << loss_ / steps_ << '\t' << error_ / std::max(unchanged_, 1e-12) << std::endl;
        loss_ = error_ = unchanged_ = 0.0;
        steps_ = 0;
    }

    Result<void> save() { return learner_.save(stateOf(options_)); }

    void validate()
    {
        validatedAt_ = learner_.stepsDone();
        auto restorers = learner_.restorers();
        for (auto& restorer : restorers)
            restorer.restore = onDevice(std::move(restorer.restore), learner_.device());
        std::ofstream file(options_.out / "validation.md", std::ios::app);
        for (const auto& [name, restore] : restorers) {
            const auto table = asMarkdown(measure(held_, validationSide, restore));
            for (std::ostream* stream : {static_cast<std::ostream*>(&file), &progress_})
                *stream << "\nstep " << validatedAt_ << ", " << name << "\n\n"
                        << table << std::flush;
        }
        if (!tools_.drawSamples)
            return;
        const auto drawn = tools_.drawSamples(held_, restorers, options_.out / "samples.png");
        if (!drawn)
            progress_ << "samples.png: " << drawn.error().detail << "\n";
    }

    const SessionOptions& options_;
    Learner& learner_;
    const PhotoCache& held_;
    const PhotoTools& tools_;
    std::ostream& progress_;
    std::ofstream log_;
    Clock::time_point start_ = Clock::now();
    double loss_ = 0.0;
    double error_ = 0.0;
    double unchanged_ = 0.0;
    int steps_ = 0;
    const std::int64_t begunAt_ = learner_.stepsDone();
    std::int64_t validatedAt_ = -1;
};

Result<std::filesystem::path> cacheOf(const SessionOptions& options, const PhotoTools& tools)
{
    if (tools.cacheOf)
        return tools.cacheOf(options.photos, options.out);
    if (std::filesystem::is_directory(options.photos))
        return fail(ErrorCode::InvalidRequest,
                    "this build cannot decode photographs: prepare a cache with limpid-train cache",
                    options.photos);
    return options.photos;
}

} // namespace

Result<void> runSession(const SessionOptions& options, const MakeLearner& makeLearner,
                        const PhotoTools& tools, std::ostream& progress,
                        const std::atomic<bool>& interrupted)
{
    if (options.minutes > 0.0 && !options.resume && hasState(options))
        return fail(ErrorCode::InvalidRequest,
                    "a run is there already; go on with --resume, or choose another folder",
                    options.out);
    if (options.threads > 0)
        torch::set_num_threads(options.threads);
    const auto names = readNameList(options.validation);
    if (!names)
        return tl::unexpected(names.error());
    std::error_code ignored; // a folder that cannot be made shows when something is written
    std::filesystem::create_directories(options.out, ignored);
    const auto cache = cacheOf(options, tools);
    if (!cache)
        return tl::unexpected(cache.error());
    auto photos = PhotoCache::open(*cache, *names, /*exclude=*/true);
    if (!photos)
        return tl::unexpected(photos.error());
    const auto held = PhotoCache::open(*cache, *names, /*exclude=*/false);
    if (!held)
        return tl::unexpected(held.error());
    progress << photos->size() << " photographs to learn from, " << held->size() << " held apart\n";

    const auto made = makeLearner(std::move(*photos));
    if (!made)
        return tl::unexpected(made.error());
    Learner& learner = **made;
    if (options.resume && hasState(options)) {
        if (auto loaded = learner.load(stateOf(options)); !loaded)
            return loaded;
        progress << "resumed at step " << learner.stepsDone() << "\n";
    }
    return Session(options, learner, *held, tools, progress).run(interrupted);
}

} // namespace limpid::training
