// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/trainer.h"
#include "core/training/validation.h"

#include <CLI/CLI.hpp>

#include <chrono>
#include <fstream>
#include <iostream>

namespace {

using namespace limpid;
using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

int complain(const Error& error)
{
    std::cerr << "limpid-train: " << error.path.string() << ": " << error.detail << " ("
              << name(error.code) << ")\n";
    return 1;
}

struct Interval {
    double logSeconds = 20.0;
    double saveSeconds = 300.0;
    double validateSeconds = 900.0;
};

/// The loop around a trainer: logs, saves, validates, and stops when the time is up.
class Session {
public:
    Session(training::TrainOptions options, training::Trainer& trainer, training::PhotoCache held)
        : options_(std::move(options)), trainer_(trainer), held_(std::move(held)),
          log_(options_.out / "log.tsv", std::ios::app)
    {}

    int run()
    {
        const auto start = Clock::now();
        auto logged = start;
        auto saved = start;
        auto validated = start;
        while (secondsSince(start) < options_.minutes * 60.0 &&
               trainer_.stepsDone() < options_.totalSteps) {
            count(trainer_.step());
            if (secondsSince(logged) > interval_.logSeconds) {
                writeLog(secondsSince(start));
                logged = Clock::now();
            }
            if (secondsSince(saved) > interval_.saveSeconds) {
                save();
                saved = Clock::now();
            }
            if (secondsSince(validated) > interval_.validateSeconds) {
                validate();
                validated = Clock::now();
            }
        }
        validate();
        return save();
    }

private:
    void count(const training::Trainer::StepReport& report)
    {
        loss_ += report.loss;
        ratio_ += report.ratio;
        ++steps_;
    }

    void writeLog(double seconds)
    {
        for (std::ostream* stream : {static_cast<std::ostream*>(&log_), &std::cout})
            *stream << trainer_.stepsDone() << '\t' << seconds << '\t' << loss_ / steps_ << '\t'
                    << ratio_ / steps_ << std::endl;
        loss_ = ratio_ = 0.0;
        steps_ = 0;
    }

    int save()
    {
        const auto saved = trainer_.save(options_.out / "state.pt");
        return saved ? 0 : complain(saved.error());
    }

    void validate()
    {
        const auto table = training::asMarkdown(
            training::measure(held_, 192, training::oneStep(trainer_.averaged())));
        std::cout << "step " << trainer_.stepsDone() << "\n" << table << std::flush;
        std::ofstream(options_.out / "validation.md", std::ios::app)
            << "\nstep " << trainer_.stepsDone() << "\n\n"
            << table;
    }

    training::TrainOptions options_;
    training::Trainer& trainer_;
    training::PhotoCache held_;
    Interval interval_;
    std::ofstream log_;
    double loss_ = 0.0;
    double ratio_ = 0.0;
    int steps_ = 0;
};

int trainMsg(const training::TrainOptions& options)
{
    if (options.threads > 0)
        torch::set_num_threads(options.threads);
    const auto names = training::readNameList(options.validation);
    if (!names)
        return complain(names.error());
    auto photos = training::PhotoCache::open(options.photos, *names, /*exclude=*/true);
    auto held = training::PhotoCache::open(options.photos, *names, /*exclude=*/false);
    if (!photos || !held)
        return complain(photos ? held.error() : photos.error());
    std::cout << photos->size() << " photographs to learn from, " << held->size()
              << " held apart\n";
    std::filesystem::create_directories(options.out);
    training::Trainer trainer(options, std::move(*photos));
    if (const auto state = options.out / "state.pt"; options.resume && exists(state)) {
        if (const auto loaded = trainer.load(state); !loaded)
            return complain(loaded.error());
        std::cout << "resumed at step " << trainer.stepsDone() << "\n";
    }
    return Session(options, trainer, std::move(*held)).run();
}

void addTrainOptions(CLI::App& command, training::TrainOptions& options)
{
    command.add_option("--photos", options.photos, "Cache of photographs")->required();
    command.add_option("--validation", options.validation, "Names held apart")->required();
    command.add_option("--out", options.out, "Folder for state, log and export")->required();
    command
        .add_option_function<std::string>(
            "--size",
            [&options](const std::string& size) {
                options.network = networks::compactConfig(size);
            },
            "xs, s or m")
        ->check(CLI::IsMember({"xs", "s", "m"}));
    command.add_option("--device", options.device)->capture_default_str();
    command.add_flag("--resume", options.resume, "Go on where the state in --out ends");
    command.add_option("--minutes", options.minutes)->capture_default_str();
    command.add_option("--steps", options.totalSteps, "Length of the cosine")
        ->capture_default_str();
    command.add_option("--warmup", options.warmup)->capture_default_str();
    command.add_option("--batch", options.batch)->capture_default_str();
    command.add_option("--crop", options.crop)->capture_default_str();
    command.add_option("--learning-rate", options.learningRate)->capture_default_str();
    command.add_option("--mix-from", options.mixFrom)->capture_default_str();
    command.add_option("--seed", options.seed)->capture_default_str();
    command.add_option("--threads", options.threads)->capture_default_str();
}

} // namespace

int main(int argc, char** argv)
{
    CLI::App app("Trains the networks of Limpid", "limpid-train");
    app.require_subcommand(1);
    training::TrainOptions options;
    auto* const msg = app.add_subcommand("msg", "Train MSG");
    addTrainOptions(*msg, options);
    CLI11_PARSE(app, argc, argv);
    return trainMsg(options);
}
