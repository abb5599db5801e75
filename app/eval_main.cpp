// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/passive_threads.h"
#include "core/evaluation/experiments.h"
#include "core/evaluation/report.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <iostream>
#include <optional>
#include <sstream>

namespace {

using namespace limpid;

/// What all three ways to evaluate have in common.
struct CommonOptions {
    evaluation::ContenderOptions contenders;
    std::filesystem::path naturalness; ///< Empty: the one among the models, if there is one.
    std::filesystem::path out;
    double minutes = 0.0;
    int seeds = 1;
};

struct FitOptions {
    std::filesystem::path photos;
    std::filesystem::path validation;
    std::filesystem::path out;
    std::size_t count = 0;
};

struct Commands {
    CommonOptions common;
    evaluation::SyntheticOptions synthetic;
    evaluation::PairOptions pairs;
    evaluation::BlindOptions blind;
    FitOptions fit;
};

using Contenders = std::vector<evaluation::Contender>;
using Control = evaluation::RunControl;

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

/// Runs an experiment and writes its report, also while it goes on; `report` has all but the
/// samples.
template<class Experiment>
int run(evaluation::Report report, const CommonOptions& common, Experiment experiment)
{
    if (const auto made = makeFolder(common.out); !made)
        return complain(made.error());
    const auto contenders = evaluation::contendersOf(common.contenders);
    if (!contenders)
        return complain(contenders.error());
    auto naturalness = naturalnessFor(common);
    if (!naturalness)
        return complain(naturalness.error());
    report.settings.emplace_back("methods", joined(common.contenders.methods));
    report.settings.emplace_back("steps", joined(common.contenders.steps));
    report.settings.emplace_back("strengths", joined(common.contenders.strengths));
    for (const auto& [name, value] : common.contenders.parameters)
        report.settings.emplace_back(name, joined(std::vector{value}));
    report.settings.emplace_back("precision", common.contenders.precision);
    report.settings.emplace_back("seeds", std::to_string(common.seeds));
    const auto save = [&](const std::vector<evaluation::Sample>& samples) {
        report.samples = samples;
        return evaluation::writeReport(report, common.out);
    };
    const auto samples =
        experiment(*contenders, evaluation::RunControl{.progress = std::cerr,
                                                       .minutes = common.minutes,
                                                       .naturalness = std::move(*naturalness),
                                                       .save = save});
    if (!samples)
        return complain(samples.error());
    if (const auto written = save(*samples); !written)
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
                     {"kernels", options.kernels.empty() ? "drawn" : "given"},
                     {"size", std::to_string(options.side)}},
        .samples = {}};
    return run(report, commands.common, [&](const Contenders& contenders, const Control& control) {
        return evaluation::runSynthetic(options, contenders, control);
    });
}

int runPairs(Commands& commands)
{
    auto& options = commands.pairs;
    options.seeds = commands.common.seeds;
    const evaluation::Report report{.title = "Blurred and sharp photographs",
                                    .settings = {{"size", std::to_string(options.side)}},
                                    .samples = {}};
    return run(report, commands.common, [&](const Contenders& contenders, const Control& control) {
        return evaluation::runPairs(options, contenders, control);
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
    return run(report, commands.common, [&](const Contenders& contenders, const Control& control) {
        return evaluation::runBlind(options, contenders, control);
    });
}

/// Of the photographs that are not held apart.
int fitNaturalness(const FitOptions& options)
{
    const auto photos = evaluation::photosExcept(options.photos, options.validation);
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

std::pair<std::string, double> parameterOf(const std::string& text)
{
    double value = 0.0;
    const auto equals = std::min(text.find('='), text.size() - 1);
    const auto* const end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data() + equals + 1, end, value);
    if (parsed.ec != std::errc{} || parsed.ptr != end)
        throw CLI::ValidationError("--param", "want NAME=NUMBER, got " + text);
    return {text.substr(0, equals), value};
}

void addCommon(CLI::App& command, CommonOptions& common, const char* methods)
{
    auto& contenders = common.contenders;
    command.add_option("--models", contenders.models, "Folder with catalog.json")->required();
    command.add_option("--user-models", contenders.userModels, "A second such folder");
    command
        .add_option("--methods", contenders.methods,
                    "msg, msg:MODEL, deblurdiff; unsharp, rl, gmic, rawtherapee, each also as in "
                    "rl:SIGMA; oracle-rl, oracle-wiener")
        ->delimiter(',')
        ->default_str(methods);
    command.add_option("--steps", contenders.steps, "Each method runs with each of them")
        ->delimiter(',');
    command
        .add_option("--strengths", contenders.strengths, "Likewise; 1 is all of the restoration")
        ->delimiter(',')
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    command.add_option("--device", contenders.device)->capture_default_str();
    command.add_option_function<std::vector<std::string>>(
        "--param",
        [&contenders](const std::vector<std::string>& texts) {
            for (const std::string& text : texts)
                contenders.parameters.insert(parameterOf(text));
        },
        "NAME=NUMBER of the methods, see 'limpid-cli methods'; of a choice its number, from 0");
    command.add_option("--precision", contenders.precision, "auto, fp32 or bf16")
        ->check(CLI::IsMember({"auto", "fp32", "bf16"}))
        ->capture_default_str();
    command.add_option("--naturalness", common.naturalness,
                       "Model made by fit-naturalness; default: the one in --models");
    command.add_option("--minutes", common.minutes, "End after so long; 0: when all is done");
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
    command
        ->add_option("--size", options.side,
                     "Pixels of a crop, a multiple of 16; 0: whole photographs")
        ->capture_default_str();
    command->add_option("--kernels", options.kernels,
                        "Folder of gray pictures: blur with these kernels, not with drawn ones");
    addCommon(*command, commands.common, "msg,unsharp,rl,oracle-rl,oracle-wiener");
    return command;
}

CLI::App* addPairs(CLI::App& app, Commands& commands)
{
    auto* const command = app.add_subcommand("pairs", "Blurred photographs with sharp partners");
    auto& options = commands.pairs;
    command->add_option("--blurred", options.blurred, "Folder")->required();
    command->add_option("--sharp", options.sharp, "Folder with the same names")->required();
    command->add_option("--size", options.side, "Only the middle; 0: whole pictures");
    addCommon(*command, commands.common, "msg,unsharp,rl");
    return command;
}

CLI::App* addBlind(CLI::App& app, Commands& commands)
{
    auto* const command = app.add_subcommand("blind", "Photographs without a known truth");
    command->add_option("photos", commands.blind.photos, "Folder")->required();
    command->add_option("--size", commands.blind.side, "Only the middle; 0: whole pictures");
    command->add_option("--cell", commands.blind.cell, "Pixels that the sheet shows of a picture")
        ->check(CLI::Range(16, 4096))
        ->capture_default_str();
    addCommon(*command, commands.common, "msg,unsharp,rl");
    return command;
}

CLI::App* addFit(CLI::App& app, FitOptions& options)
{
    auto* const command = app.add_subcommand(
        "fit-naturalness", "Learn what sharp photographs look like, for the naturalness");
    command->add_option("--photos", options.photos, "Cache of limpid-train")->required();
    command->add_option("--validation", options.validation, "Names of those held apart")
        ->required();
    command->add_option("--count", options.count, "At most so many photographs; 0: all");
    command->add_option("--out", options.out, "Model, .safetensors")->required();
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
    const auto* const fit = addFit(command, commands.fit);
    CLI11_PARSE(command, argc, argv);

    if (*fit)
        return fitNaturalness(commands.fit);
    auto& methods = commands.common.contenders.methods;
    if (methods.empty())
        methods = *synthetic ? std::vector<std::string>{"msg", "unsharp", "rl", "oracle-rl",
                                                        "oracle-wiener"}
                             : std::vector<std::string>{"msg", "unsharp", "rl"};
    if (*synthetic)
        return runSynthetic(commands);
    return *pairs ? runPairs(commands) : runBlind(commands);
}
