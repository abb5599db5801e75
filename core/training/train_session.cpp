// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/train_session.h"

#include "core/training/part_claim.h"
#include "core/training/session_photos.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
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

std::filesystem::path logOf(const SessionOptions& options)
{
    return options.out / "log.tsv";
}

std::filesystem::path tablesOf(const SessionOptions& options)
{
    return options.out / "validation.md";
}

class Session {
public:
    Session(const SessionOptions& options, Learner& learner, const PhotoCache& held,
            const PhotoTools& tools, std::ostream& progress)
        : options_(options), learner_(learner), held_(held), tools_(tools), progress_(progress),
          log_(logOf(options), std::ios::app)
    {}

    Result<void> run(const std::atomic<bool>& interrupted)
    {
        auto learned = learn(interrupted);
        writeLog();
        if (!learned)
            return learned;
        const bool anew = learner_.stepsDone() != begunAt_;
        if (anew)
            if (auto saved = save(); !saved)
                return saved;
        if (interrupted)
            progress_ << (anew ? "stopped and saved" : "stopped") << " at step "
                      << learner_.stepsDone() << "\n";
        else if (learner_.stepsDone() != validatedAt_)
            if (auto validated = validate(); !validated)
                return validated;
        if (logIsIncomplete_)
            return fail(ErrorCode::FileUnwritable,
                        "lines of the log could not be written, the state is saved; make room, "
                        "then go on with --resume",
                        logOf(options_));
        return {};
    }

private:
    Result<void> learn(const std::atomic<bool>& interrupted)
    {
        Interval logging(20.0);
        Interval saving(300.0);
        Interval validating(options_.validateMinutes * 60.0);
        while (secondsSince(start_) < options_.minutes * 60.0 && !learner_.isFinished() &&
               !interrupted) {
            const auto report = learner_.step();
            if (!std::isfinite(report.loss))
                return diverged();
            count(report);
            if (logging.isOver())
                writeLog();
            if (saving.isOver())
                if (auto saved = save(); !saved)
                    return saved;
            if (options_.validateMinutes > 0.0 && validating.isOver())
                if (const auto validated = validate(); !validated) // what is learned is worth more
                    progress_ << validated.error().path.string() << ": " << validated.error().detail
                              << std::endl;
        }
        return {};
    }

    Result<void> diverged() const
    {
        const auto kept = savedAt_ == 0
                              ? std::string("no state was saved")
                              : "the state of step " + std::to_string(savedAt_) + " is kept";
        return fail(ErrorCode::InvalidRequest,
                    "the loss is no longer finite at step " + std::to_string(learner_.stepsDone()) +
                        "; " + kept + "; lower --learning-rate or --kernel-rate",
                    options_.out);
    }

    void count(const Learner::StepReport& report)
    {
        loss_ += report.loss;
        error_ += report.error;
        unchanged_ += report.unchanged;
        countedAt_ = learner_.stepsDone();
        ++steps_;
    }

    /// A line for the steps since the line before, if there are any. Pictures with nothing to mend
    /// have no ratio.
    void writeLog()
    {
        if (steps_ == 0)
            return;
        std::ostringstream line;
        line << countedAt_ << '\t' << secondsSince(start_) << '\t' << loss_ / steps_ << '\t';
        if (unchanged_ > 0.0)
            line << error_ / unchanged_;
        else
            line << "–";
        for (std::ostream* stream : {static_cast<std::ostream*>(&log_), &progress_})
            *stream << line.str() << std::endl;
        logIsIncomplete_ = logIsIncomplete_ || !log_;
        log_.clear(); // there may be room again for the next line
        loss_ = error_ = unchanged_ = 0.0;
        steps_ = 0;
    }

    Result<void> save()
    {
        auto saved = learner_.save(stateOf(options_));
        if (saved)
            savedAt_ = learner_.stepsDone();
        return saved;
    }

    Result<void> validate()
    {
        auto restorers = learner_.restorers();
        for (auto& restorer : restorers)
            restorer.restore = onDevice(std::move(restorer.restore), learner_.device());
        std::ofstream file(tablesOf(options_), std::ios::app);
        for (const auto& [name, restore] : restorers) {
            const auto table = asMarkdown(measure(held_, validationSide, restore));
            for (std::ostream* stream : {static_cast<std::ostream*>(&file), &progress_})
                *stream << "\nstep " << learner_.stepsDone() << ", " << name << "\n\n"
                        << table << std::flush;
        }
        if (!file)
            return fail(ErrorCode::FileUnwritable,
                        "the tables cannot be written; make room, then measure again with "
                        "--resume --minutes 0",
                        tablesOf(options_));
        if (tools_.drawSamples)
            if (auto drawn = tools_.drawSamples(held_, restorers, options_.out / "samples.png");
                !drawn)
                return drawn;
        validatedAt_ = learner_.stepsDone();
        return {};
    }

    const SessionOptions& options_;
    Learner& learner_;
    const PhotoCache& held_;
    const PhotoTools& tools_;
    std::ostream& progress_;
    std::ofstream log_;
    bool logIsIncomplete_ = false;
    Clock::time_point start_ = Clock::now();
    double loss_ = 0.0;
    double error_ = 0.0;
    double unchanged_ = 0.0;
    int steps_ = 0;
    std::int64_t countedAt_ = 0;
    const std::int64_t begunAt_ = learner_.stepsDone();
    std::int64_t savedAt_ = begunAt_; ///< 0: there is no state.
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

/// The right to write into the folder of the run, which is made.
Result<PartClaim> claimed(const SessionOptions& options)
{
    std::error_code error;
    std::filesystem::create_directories(options.out, error);
    if (error)
        return fail(ErrorCode::FileUnwritable,
                    "the folder of the run cannot be made (" + error.message() +
                        "); choose another with --out",
                    options.out);
    auto claim = PartClaim::take(options.out / "run.claim");
    if (!claim)
        return fail(claim.error().code,
                    "nothing can be written into this folder (" + claim.error().detail +
                        "); choose another with --out",
                    options.out);
    if (!*claim)
        return fail(ErrorCode::InvalidRequest,
                    "another training writes into this folder; wait for its end, or choose another "
                    "with --out",
                    options.out);
    return std::move(**claim);
}

/// What an earlier run has left must not be in the way, nor be lost.
Result<void> checkFolder(const SessionOptions& options)
{
    if (!options.resume && hasState(options))
        return fail(ErrorCode::InvalidRequest,
                    "a run is there already; --resume goes on with it (with --minutes 0 it is only "
                    "measured), or choose another folder",
                    options.out);
    if (options.resume && options.minutes <= 0.0 && !hasState(options))
        return fail(ErrorCode::FileNotFound,
                    "no training has left its state here; train first, or name the run's folder",
                    options.out);
    std::error_code ignored;
    for (const auto& file : {logOf(options), tablesOf(options)})
        if (std::filesystem::exists(file, ignored) && !std::ofstream(file, std::ios::app))
            return fail(ErrorCode::FileUnwritable,
                        "this file of the run cannot be written; check that you may change it",
                        file);
    return {};
}

Result<SessionPhotos> photosFor(const SessionOptions& options, const PhotoTools& tools,
                                std::ostream& progress)
{
    const auto cache = cacheOf(options, tools);
    if (!cache)
        return tl::unexpected(cache.error());
    auto photos = openSessionPhotos(*cache, options.validation);
    if (!photos)
        return photos;
    progress << summaryOf(*photos, options.validation) << std::flush;
    return photos;
}

} // namespace

Result<void> runSession(const SessionOptions& options, const MakeLearner& makeLearner,
                        const PhotoTools& tools, std::ostream& progress,
                        const std::atomic<bool>& interrupted)
{
    if (const auto names = readNameList(options.validation); !names) // before all that takes time
        return tl::unexpected(names.error());
    const auto claim = claimed(options);
    if (!claim)
        return tl::unexpected(claim.error());
    if (auto checked = checkFolder(options); !checked)
        return checked;
    if (options.threads > 0)
        torch::set_num_threads(options.threads);
    auto photos = photosFor(options, tools, progress);
    if (!photos)
        return tl::unexpected(photos.error());
    const auto made = makeLearner(std::move(photos->learned));
    if (!made)
        return tl::unexpected(made.error());
    Learner& learner = **made;
    if (options.resume && hasState(options)) {
        if (auto loaded = learner.load(stateOf(options)); !loaded)
            return loaded;
        progress << "resumed at step " << learner.stepsDone() << "\n";
    }
    return Session(options, learner, photos->held, tools, progress).run(interrupted);
}

} // namespace limpid::training
