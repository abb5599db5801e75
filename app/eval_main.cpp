// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/error_sentence.h"
#include "app/eval_options.h"
#include "app/passive_threads.h"
#include "core/base/atomic_file.h"
#include "core/evaluation/experiments.h"
#include "core/evaluation/guarded.h"
#include "core/evaluation/photo_source.h"
#include "core/evaluation/report.h"

#include <iostream>
#include <optional>
#include <sstream>

namespace {

using namespace limpid;
using app::CommonOptions;
using app::EvalCommand;

using Contenders = std::vector<evaluation::Contender>;
using Control = evaluation::RunControl;

/// Reason and remedy, without the file.
std::string reasonOf(const Error& error)
{
    if (error.code == ErrorCode::InvalidRequest)
        return app::plainText(error.detail);
    if (error.code == ErrorCode::OutOfMemory)
        return "memory ran out (" + app::plainText(error.detail) +
               "). Measure less of each picture with --size, or use --device cpu.";
    return app::sentence({error.code, error.detail, {}});
}

int complain(const Error& error)
{
    std::cerr << "limpid-eval: ";
    if (!error.path.empty())
        std::cerr << app::plainText(error.path) << ": ";
    std::cerr << reasonOf(error) << std::endl;
    return 1;
}

void tellLeftOut(const Error& why)
{
    std::cerr << "limpid-eval: left out: " << app::plainText(why.path) << ": " << reasonOf(why)
              << std::endl;
}

/// A report may go elsewhere: only the file and its folder.
evaluation::LeftOut leftOut(const Error& error)
{
    const auto& file = error.path;
    return {app::plainText(file.parent_path().filename() / file.filename()), reasonOf(error)};
}

template<class T>
std::string joined(const std::vector<T>& values)
{
    std::ostringstream text;
    for (const auto& value : values)
        text << (&value == &values.front() ? "" : ",") << value;
    return text.str();
}

Result<std::optional<evaluation::NaturalnessModel>> naturalnessFor(const CommonOptions& common)
{
    const auto usual = common.contenders.models / "naturalness.safetensors";
    if (common.naturalness.empty() && !exists(usual))
        return std::nullopt;
    auto model =
        evaluation::NaturalnessModel::read(common.naturalness.empty() ? usual : common.naturalness);
    if (!model)
        return tl::unexpected(model.error());
    return std::move(*model);
}

void addSettings(evaluation::Report& report, const CommonOptions& common)
{
    report.settings.emplace_back("methods", joined(common.contenders.methods));
    report.settings.emplace_back("steps", joined(common.contenders.steps));
    report.settings.emplace_back("strengths", joined(common.contenders.strengths));
    for (const auto& [name, value] : common.contenders.parameters)
        report.settings.emplace_back(name, joined(std::vector{value}));
    report.settings.emplace_back("precision", common.contenders.precision);
    report.settings.emplace_back("seeds", std::to_string(common.seeds));
}

/// The report of a run as it grows, and who hears of what it lacks.
class GrowingReport {
public:
    GrowingReport(evaluation::Report report, std::filesystem::path folder)
        : report_(std::move(report)), folder_(std::move(folder))
    {}

    Result<void> save(const std::vector<evaluation::Sample>& samples)
    {
        report_.samples = samples;
        auto written = evaluation::writeReport(report_, folder_);
        isWritten_ = written.has_value();
        return written;
    }

    void leaveOut(const Error& why)
    {
        tellLeftOut(why);
        report_.leftOut.push_back(leftOut(why));
    }

    int endWith(const Result<std::vector<evaluation::Sample>>& samples)
    {
        if (samples) {
            const auto written = save(*samples);
            if (!written)
                return complain(written.error());
            std::cout << evaluation::asMarkdown(report_);
            return 0;
        }
        complain(samples.error());
        if (isWritten_)
            std::cerr << "limpid-eval: what was measured until then is in "
                      << app::plainText(folder_) << std::endl;
        return 1;
    }

private:
    evaluation::Report report_;
    std::filesystem::path folder_;
    bool isWritten_ = false;
};

/// Runs an experiment and writes its report, also while it goes on; `report` has its title and the
/// settings of its own.
template<class Experiment>
int run(evaluation::Report report, const CommonOptions& common, Experiment experiment)
{
    const auto contenders = evaluation::contendersOf(common.contenders);
    if (!contenders)
        return complain(contenders.error());
    auto naturalness = naturalnessFor(common);
    if (!naturalness)
        return complain(naturalness.error());
    if (const auto prepared = evaluation::prepareReport(common.out); !prepared)
        return complain(prepared.error());
    addSettings(report, common);
    GrowingReport growing(std::move(report), common.out);
    return growing.endWith(experiment(
        *contenders, Control{.progress = std::cerr,
                             .minutes = common.minutes,
                             .naturalness = std::move(*naturalness),
                             .save = [&](const auto& samples) { return growing.save(samples); },
                             .leaveOut =
                                 [&](const Error& why) {
                                     growing.leaveOut(why);
                                 }}));
}

int runSynthetic(EvalCommand& command)
{
    auto& options = command.synthetic;
    options.seeds = command.common.seeds;
    command.common.contenders.kernelKnown = true;
    const evaluation::Report report{
        .title = "Photographs blurred on purpose",
        .settings = {{"list", options.validation.filename().string()},
                     {"count", options.count == 0 ? "all" : std::to_string(options.count)},
                     {"kernels", options.kernels.empty() ? "drawn" : "given"},
                     {"size", std::to_string(options.side)}},
        .samples = {}};
    return run(report, command.common, [&](const Contenders& contenders, const Control& control) {
        return evaluation::runSynthetic(options, contenders, control);
    });
}

int runPairs(EvalCommand& command)
{
    auto& options = command.pairs;
    options.seeds = command.common.seeds;
    const evaluation::Report report{.title = "Blurred and sharp photographs",
                                    .settings = {{"size", std::to_string(options.side)}},
                                    .samples = {}};
    return run(report, command.common, [&](const Contenders& contenders, const Control& control) {
        return evaluation::runPairs(options, contenders, control);
    });
}

int runBlind(EvalCommand& command)
{
    auto& options = command.blind;
    options.seeds = command.common.seeds;
    options.sheet = command.common.out / "sheet.png";
    const evaluation::Report report{
        .title = "Photographs without a known truth",
        .settings = {{"size", std::to_string(options.side)},
                     {"sheet.png", "a row for each photograph; the input, then the methods"}},
        .samples = {}};
    return run(report, command.common, [&](const Contenders& contenders, const Control& control) {
        return evaluation::runBlind(options, contenders, control);
    });
}

/// Of the photographs that are not held apart.
int fitNaturalness(const app::FitOptions& options)
{
    // An hour of work shall not end in a typing error.
    if (const auto file = AtomicFile::create(options.out); !file)
        return complain(file.error());
    const auto photos = evaluation::photosExcept(options.photos, options.validation, tellLeftOut);
    if (!photos)
        return complain(photos.error());
    std::vector<evaluation::NamedPhoto> some;
    for (const std::size_t number : evaluation::thinned(photos->size(), options.count))
        some.push_back((*photos)[number]);
    const auto model = evaluation::fitNaturalness(some, std::cerr);
    if (!model)
        return complain(model.error());
    const auto written = model->write(options.out);
    return written ? 0 : complain(written.error());
}

int runCommand(int argc, char** argv)
{
    EvalCommand command;
    if (const auto status = app::parseEvalCommand(argc, argv, command))
        return *status;
    switch (command.experiment) {
    case app::Experiment::Synthetic: return runSynthetic(command);
    case app::Experiment::Pairs: return runPairs(command);
    case app::Experiment::Blind: return runBlind(command);
    case app::Experiment::FitNaturalness: return fitNaturalness(command.fit);
    }
    return 1;
}

} // namespace

int main(int argc, char** argv)
{
    app::sleepBetweenWork(argv);
    try {
        return runCommand(argc, argv);
    } catch (const std::exception& exception) { // thrown outside of what experiments guard
        return complain(evaluation::errorOf(exception, {}));
    }
}
