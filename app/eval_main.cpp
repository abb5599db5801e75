// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/passive_threads.h"
#include "core/evaluation/experiments.h"
#include "core/evaluation/report.h"

#include <CLI/CLI.hpp>

#include <iostream>
#include <sstream>

namespace {

using namespace limpid;

/// What all three ways to evaluate have in common.
struct CommonOptions {
    evaluation::ContenderOptions contenders;
    std::filesystem::path out;
    int seeds = 1;
};

struct Commands {
    CommonOptions common;
    evaluation::SyntheticOptions synthetic;
    evaluation::PairOptions pairs;
    evaluation::BlindOptions blind;
};

using Samples = Result<std::vector<evaluation::Sample>>;
using Contenders = std::vector<evaluation::Contender>;

int complain(const Error& error)
{
    std::cerr << "limpid-eval: ";
    if (!error.path.empty())
        std::cerr << error.path.string() << ": ";
    std::cerr << error.detail << " (" << name(error.code) << ")\n";
    return 1;
}

template<class T>
std::string joined(const std::vector<T>& values)
{
    std::ostringstream text;
    for (const auto& value : values)
        text << (&value == &values.front() ? "" : ",") << value;
    return text.str();
}

/// The report's folder is made first, so that hours of work do not end in a typing error.
Result<void> makeFolder(const std::filesystem::path& folder)
{
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        return fail(ErrorCode::FileUnwritable, error.message(), folder);
    return {};
}

/// Runs an experiment and writes its report; `report` has all but the samples.
template<class Experiment>
int run(evaluation::Report report, const CommonOptions& common, Experiment experiment)
{
    if (const auto made = makeFolder(common.out); !made)
        return complain(made.error());
    const auto contenders = evaluation::contendersOf(common.contenders);
    if (!contenders)
        return complain(contenders.error());
    Samples samples = experiment(*contenders);
    if (!samples)
        return complain(samples.error());
    report.samples = std::move(*samples);
    report.settings.emplace_back("methods", joined(common.contenders.methods));
    report.settings.emplace_back("steps", joined(common.contenders.steps));
    report.settings.emplace_back("seeds", std::to_string(common.seeds));
    if (const auto written = evaluation::writeReport(report, common.out); !written)
        return complain(written.error());
    std::cout << evaluation::asMarkdown(report);
    return 0;
}

int runSynthetic(Commands& commands)
{
    auto& options = commands.synthetic;
    options.seeds = commands.common.seeds;
    commands.common.contenders.kernelKnown = true;
    const evaluation::Report report{
        .title = "Photographs blurred on purpose",
        .settings = {{"list", options.validation.filename().string()},
                     {"count", options.count == 0 ? "all" : std::to_string(options.count)},
                     {"size", std::to_string(options.side)}},
        .samples = {}};
    return run(report, commands.common, [&](const Contenders& contenders) {
        return evaluation::runSynthetic(options, contenders, std::cerr);
    });
}

int runPairs(Commands& commands)
{
    auto& options = commands.pairs;
    options.seeds = commands.common.seeds;
    const evaluation::Report report{.title = "Blurred and sharp photographs",
                                    .settings = {{"size", std::to_string(options.side)}},
                                    .samples = {}};
    return run(report, commands.common, [&](const Contenders& contenders) {
        return evaluation::runPairs(options, contenders, std::cerr);
    });
}

int runBlind(Commands& commands)
{
    auto& options = commands.blind;
    options.seeds = commands.common.seeds;
    options.sheet = commands.common.out / "sheet.png";
    const evaluation::Report report{
        .title = "Photographs without a known truth",
        .settings = {{"size", std::to_string(options.side)},
                     {"sheet.png", "a row for each photograph; the input, then the methods"}},
        .samples = {}};
    return run(report, commands.common, [&](const Contenders& contenders) {
        return evaluation::runBlind(options, contenders, std::cerr);
    });
}

void addCommon(CLI::App& command, CommonOptions& common, const char* methods)
{
    auto& contenders = common.contenders;
    command.add_option("--models", contenders.models, "Folder with catalog.json")->required();
    command.add_option("--user-models", contenders.userModels, "A second such folder");
    command
        .add_option("--methods", contenders.methods,
                    "msg, deblurdiff, msg:MODEL, unsharp, rl, wiener")
        ->delimiter(',')
        ->default_str(methods);
    command.add_option("--steps", contenders.steps, "Each method runs with each of them")
        ->delimiter(',');
    command.add_option("--device", contenders.device)->capture_default_str();
    command.add_option("--seeds", common.seeds, "How many, for the seed deviation")
        ->check(CLI::Range(1, 100))
        ->capture_default_str();
    command.add_option("--out", common.out, "Folder of the report")->required();
}

CLI::App* addSynthetic(CLI::App& app, Commands& commands)
{
    auto* const command = app.add_subcommand("synthetic", "Sharp photographs, blurred on purpose");
    auto& options = commands.synthetic;
    command->add_option("--photos", options.photos, "Folder, or cache of limpid-train")->required();
    command->add_option("--validation", options.validation, "Names of those to use")->required();
    command->add_option("--count", options.count, "At most so many photographs; 0: all");
    command->add_option("--size", options.side, "Pixels of a crop, a multiple of 16")
        ->capture_default_str();
    addCommon(*command, commands.common, "msg,unsharp,rl,wiener");
    return command;
}

CLI::App* addPairs(CLI::App& app, Commands& commands)
{
    auto* const command = app.add_subcommand("pairs", "Blurred photographs with sharp partners");
    auto& options = commands.pairs;
    command->add_option("--blurred", options.blurred, "Folder")->required();
    command->add_option("--sharp", options.sharp, "Folder with the same names")->required();
    command->add_option("--size", options.side, "Only the middle; 0: whole pictures");
    addCommon(*command, commands.common, "msg,unsharp");
    return command;
}

CLI::App* addBlind(CLI::App& app, Commands& commands)
{
    auto* const command = app.add_subcommand("blind", "Photographs without a known truth");
    command->add_option("photos", commands.blind.photos, "Folder")->required();
    command->add_option("--size", commands.blind.side, "Only the middle; 0: whole pictures");
    addCommon(*command, commands.common, "msg,unsharp");
    return command;
}

} // namespace

int main(int argc, char** argv)
{
    app::sleepBetweenWork(argv);
    CLI::App command("Measures what the methods of Limpid gain", "limpid-eval");
    command.require_subcommand(1);
    Commands commands;
    const auto* const synthetic = addSynthetic(command, commands);
    const auto* const pairs = addPairs(command, commands);
    addBlind(command, commands);
    CLI11_PARSE(command, argc, argv);

    auto& methods = commands.common.contenders.methods;
    if (methods.empty())
        methods = *synthetic ? std::vector<std::string>{"msg", "unsharp", "rl", "wiener"}
                             : std::vector<std::string>{"msg", "unsharp"};
    if (*synthetic)
        return runSynthetic(commands);
    return *pairs ? runPairs(commands) : runBlind(commands);
}
