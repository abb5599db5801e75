// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/eval_options.h"

#include "app/number_validators.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace limpid::app {

namespace {

constexpr int wrongArguments = 2;
constexpr int mostPhotos = 1'000'000;
constexpr int largestSide = 100'000;
constexpr int mostSteps = 1000; ///< Each method has its own limit, too.

constexpr const char* exitStatus =
    "Exit status: 0 when the report is written. It names the photographs that it leaves out: those "
    "that cannot be read, are too small or have no partner of the same size. 1 when nothing is "
    "left to measure or an error ends the run; what was measured until then is in the report. 2 "
    "when the command line is wrong.";

/// 0, which stands for all, or enough.
CLI::Validator sideOfMiddle()
{
    const std::string words =
        "0 or " + std::to_string(evaluation::leastSide) + " to " + std::to_string(largestSide);
    return {[=](std::string& text) {
                int value = 0;
                const bool sound =
                    CLI::detail::lexical_cast(text, value) &&
                    (value == 0 || (value >= evaluation::leastSide && value <= largestSide));
                return sound ? std::string() : "want " + words + ", got " + text;
            },
            words};
}

std::pair<std::string, double> parameterOf(const std::string& text)
{
    double value = 0.0;
    const auto equals = std::min(text.find('='), text.size() - 1);
    const auto* const end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data() + equals + 1, end, value);
    if (equals == 0 || parsed.ec != std::errc{} || parsed.ptr != end || !std::isfinite(value))
        throw CLI::ValidationError("--param", "want NAME=NUMBER, got " + text);
    return {text.substr(0, equals), value};
}

void addMethods(CLI::App& command, evaluation::ContenderOptions& contenders, const char* methods)
{
    command.add_option("--models", contenders.models, "Folder with catalog.json and the weights")
        ->required()
        ->check(CLI::ExistingDirectory);
    command
        .add_option("--user-models", contenders.userModels,
                    "A second such folder, of imported models")
        ->check(CLI::ExistingDirectory);
    command
        .add_option("--methods", contenders.methods,
                    "What to compare, separated by commas: msg, msg:MODEL, deblurdiff; unsharp, "
                    "rl, gmic, rawtherapee, each also as in rl:SIGMA; of synthetic blur oracle-rl, "
                    "oracle-wiener")
        ->delimiter(',')
        ->default_str(methods);
    command
        .add_option("--steps", contenders.steps,
                    "Numbers of sampling steps, separated by commas: msg and deblurdiff run with "
                    "each; default: what the model prefers")
        ->delimiter(',')
        ->check(CLI::Range(1, mostSteps));
    command
        .add_option("--strengths", contenders.strengths,
                    "Likewise; 0 keeps the photograph, 1 is all of the restoration")
        ->delimiter(',')
        ->check(share())
        ->capture_default_str();
    command
        .add_option("--device", contenders.device,
                    "Where msg and deblurdiff compute: auto, cpu, cuda:0, see 'limpid-cli devices'")
        ->capture_default_str();
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
}

void addCommon(CLI::App& command, CommonOptions& common, const char* methods)
{
    addMethods(command, common.contenders, methods);
    command
        .add_option("--naturalness", common.naturalness,
                    "Model made by fit-naturalness; default: naturalness.safetensors in --models, "
                    "if it is there")
        ->check(CLI::ExistingFile);
    command
        .add_option("--minutes", common.minutes,
                    "End after so long, with the picture that is being measured; 0: when all is "
                    "done")
        ->check(notNegative())
        ->capture_default_str();
    command
        .add_option("--seeds", common.seeds,
                    "How many seeds msg and deblurdiff run with, for the seed deviation")
        ->check(CLI::Range(1, 100))
        ->capture_default_str();
    command
        .add_option("--out", common.out,
                    "Folder of the report, which is made: report.md, report.json, plot.svg; files "
                    "of these names are replaced")
        ->required();
    command.footer(exitStatus);
}

void addCount(CLI::App& command, std::size_t& count)
{
    command.add_option("--count", count, "At most so many photographs, evenly spread; 0: all")
        ->check(CLI::Range(0, mostPhotos))
        ->capture_default_str();
}

void addMiddle(CLI::App& command, std::int64_t& side)
{
    command
        .add_option("--size", side,
                    "Only the middle of each picture, at most so many pixels each way; 0: all of "
                    "it")
        ->check(sideOfMiddle())
        ->capture_default_str();
}

void addPhotos(CLI::App& command, std::filesystem::path& photos)
{
    command
        .add_option("--photos", photos,
                    "Folder of sharp photographs, with all below it, or a cache made of one by "
                    "'limpid-train cache'")
        ->required()
        ->check(CLI::ExistingPath);
}

const CLI::App* addSynthetic(CLI::App& app, EvalCommand& parsed)
{
    auto* const command = app.add_subcommand(
        "synthetic", "Blur sharp photographs on purpose and compare with what they were");
    auto& options = parsed.synthetic;
    addPhotos(*command, options.photos);
    command
        ->add_option("--validation", options.validation,
                     "Text file with the names of the photographs to use, one a line; where files "
                     "in sub-folders have the same name, their paths below the folder")
        ->required()
        ->check(CLI::ExistingFile);
    addCount(*command, options.count);
    command
        ->add_option("--size", options.side,
                     "Pixels of a crop, a multiple of 16; 0: whole photographs")
        ->check(multipleOf16(0))
        ->capture_default_str();
    command
        ->add_option("--kernels", options.kernels,
                     "Folder of gray pictures: blur with these kernels, not with drawn ones")
        ->check(CLI::ExistingDirectory);
    addCommon(*command, parsed.common, "msg,unsharp,rl,oracle-rl,oracle-wiener");
    return command;
}

const CLI::App* addPairs(CLI::App& app, EvalCommand& parsed)
{
    auto* const command = app.add_subcommand(
        "pairs", "Restore blurred photographs and compare with sharp ones of the same scenes");
    auto& options = parsed.pairs;
    command->add_option("--blurred", options.blurred, "Folder of the blurred photographs")
        ->required()
        ->check(CLI::ExistingDirectory);
    command
        ->add_option("--sharp", options.sharp,
                     "Folder of their sharp partners: the same names, whatever the extension, and "
                     "the same sizes")
        ->required()
        ->check(CLI::ExistingDirectory);
    addMiddle(*command, options.side);
    addCommon(*command, parsed.common, "msg,unsharp,rl");
    return command;
}

const CLI::App* addBlind(CLI::App& app, EvalCommand& parsed)
{
    auto* const command = app.add_subcommand(
        "blind", "Restore photographs whose truth nobody knows; the report has a sheet.png, too");
    auto& options = parsed.blind;
    command->add_option("photos", options.photos, "Folder of photographs")
        ->required()
        ->check(CLI::ExistingDirectory);
    addMiddle(*command, options.side);
    command->add_option("--cell", options.cell, "Pixels that the sheet shows of a picture")
        ->check(CLI::Range(16, 4096))
        ->capture_default_str();
    addCommon(*command, parsed.common, "msg,unsharp,rl");
    return command;
}

const CLI::App* addFit(CLI::App& app, FitOptions& options)
{
    auto* const command = app.add_subcommand(
        "fit-naturalness", "Learn what sharp photographs look like, for the naturalness");
    addPhotos(*command, options.photos);
    command
        ->add_option("--validation", options.validation,
                     "Text file with the names of those held apart, one a line: not learned from; "
                     "where files in sub-folders have the same name, their paths below the folder")
        ->required()
        ->check(CLI::ExistingFile);
    addCount(*command, options.count);
    command->add_option("--out", options.out, "File of the model, .safetensors")->required();
    command->footer(
        "Photographs that cannot be read are left out. Exit status: 0 when the model is "
        "written, 1 when not, 2 when the command line is wrong.");
    return command;
}

/// What is compared when nobody says so.
std::vector<std::string> usualMethods(Experiment experiment)
{
    if (experiment == Experiment::Synthetic)
        return {"msg", "unsharp", "rl", "oracle-rl", "oracle-wiener"};
    return {"msg", "unsharp", "rl"};
}

} // namespace

std::optional<int> parseEvalCommand(int argc, const char* const* argv, EvalCommand& command)
{
    CLI::App app("Measures what the methods of Limpid gain. 'limpid-eval COMMAND --help' tells of "
                 "each command.",
                 "limpid-eval");
    app.require_subcommand(1);
    app.footer(exitStatus);
    const std::pair<Experiment, const CLI::App*> experiments[] = {
        {Experiment::Synthetic, addSynthetic(app, command)},
        {Experiment::Pairs, addPairs(app, command)},
        {Experiment::Blind, addBlind(app, command)},
        {Experiment::FitNaturalness, addFit(app, command.fit)}};
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : wrongArguments;
    }
    for (const auto& [experiment, subcommand] : experiments)
        if (*subcommand)
            command.experiment = experiment;
    auto& methods = command.common.contenders.methods;
    if (methods.empty())
        methods = usualMethods(command.experiment);
    return std::nullopt;
}

} // namespace limpid::app
